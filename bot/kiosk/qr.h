/* kiosk/qr.h -- a text as a QR code, drawn as SVG. */
#ifndef KIOSK_QR_H
#define KIOSK_QR_H

#include "base/buffer.h"

/* Appends the drawing of `text`, at most MAX_QR_BYTES of UTF-8 without control
 * characters but newlines.  False where memory ran out. */
bool qr_draw(struct buffer *out, struct slice text);

#endif
