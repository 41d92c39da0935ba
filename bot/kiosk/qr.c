#include "kiosk/qr.h"

#include "kiosk/limits.h"

#include <assert.h>
#include <qrencode.h>

/* The white border that readers need, in modules (ISO/IEC 18004). */
#define QUIET 4

bool qr_draw(struct buffer *out, struct slice text)
{
    assert(text.n_bytes <= MAX_QR_BYTES);
    /* Level M mends 15 % of the code: a smudged screen, a shaking hand.  Level Q
     * would need smaller modules in the same space. */
    QRcode *code = QRcode_encodeData((int)text.n_bytes, (const unsigned char *)text.bytes, 0,
                                     QR_ECLEVEL_M);
    if (code == NULL)
        return false;
    int width = code->width, side = width + 2 * QUIET;
    buffer_append_format(out,
                         "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
                         "shape-rendering=\"crispEdges\"><rect width=\"%d\" height=\"%d\" "
                         "fill=\"#fff\"/><path fill=\"#000\" d=\"",
                         side, side, side, side);
    /* The lowest bit of a byte says whether a module is black. */
    for (int y = 0; y < width; y++)
        for (int x = 0; x < width;) {
            int start = x;
            while (x < width && (code->data[y * width + x] & 1) != 0)
                x++;
            if (x > start)
                buffer_append_format(out, "M%d %dh%dv1h-%dz", start + QUIET, y + QUIET, x - start,
                                     x - start);
            else
                x++;
        }
    buffer_append_text(out, "\"/></svg>\n");
    QRcode_free(code);
    return !out->failed;
}
