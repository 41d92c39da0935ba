/* kiosk/routes.h -- what is answered: functions from a request to a response. */
#ifndef KIOSK_ROUTES_H
#define KIOSK_ROUTES_H

#include "kiosk/content.h"
#include "kiosk/http.h"

/* The response to a request that guard_admits().  `content` must be held until
 * the response's body is sent.  Any thread may call it. */
struct response routes_answer(const struct request *request, const struct content *content);

#endif
