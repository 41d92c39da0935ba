#include "base/distance.h"

static unsigned minimum(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

unsigned distance_damerau(struct slice a, struct slice b, unsigned most)
{
    unsigned char row[3][MAX_DISTANCE_BYTES + 1];
    size_t longer = a.n_bytes > b.n_bytes ? a.n_bytes : b.n_bytes;
    size_t shorter = a.n_bytes + b.n_bytes - longer;
    if (longer - shorter > most || longer > MAX_DISTANCE_BYTES)
        return most + 1;

    unsigned char *before_last = row[0], *last = row[1], *here = row[2];
    for (size_t j = 0; j <= b.n_bytes; j++)
        last[j] = (unsigned char)j;
    memset(before_last, 0, sizeof row[0]);
    for (size_t i = 1; i <= a.n_bytes; i++) {
        unsigned least = here[0] = (unsigned char)i;
        for (size_t j = 1; j <= b.n_bytes; j++) {
            bool same = a.bytes[i - 1] == b.bytes[j - 1];
            unsigned d = minimum(last[j - 1] + !same, minimum(last[j], here[j - 1]) + 1u);
            if (i > 1 && j > 1 && a.bytes[i - 1] == b.bytes[j - 2] &&
                a.bytes[i - 2] == b.bytes[j - 1])
                d = minimum(d, before_last[j - 2] + 1u);
            here[j] = (unsigned char)d;
            least = minimum(least, d);
        }
        if (least > most)
            return most + 1;
        unsigned char *free_row = before_last;
        before_last = last;
        last = here;
        here = free_row;
    }
    return last[b.n_bytes] > most ? most + 1 : last[b.n_bytes];
}
