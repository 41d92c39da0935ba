/* kiosk/wipe.h -- memory is overwritten once it is done with.
 *
 * What visitors type passes through the request, its JSON, the engine, the reply,
 * the drawing of a QR code.  None of it may be left for the next visitor, for a
 * core dump or for whoever reads the process.  The heap needs no call: the program
 * brings a free() and a realloc() that wipe, which the libraries use too, since
 * neither libmicrohttpd nor libqrencode lets its memory be had from elsewhere. */
#ifndef KIOSK_WIPE_H
#define KIOSK_WIPE_H

/* Overwrites what functions that have returned left on the caller's stack. */
void wipe_stack(void);

#endif
