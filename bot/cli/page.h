/* cli/page.h -- text that may be longer than the screen. */
#ifndef CLI_PAGE_H
#define CLI_PAGE_H

#include "cli/options.h"

#include <stddef.h>

/* Writes `text` to the terminal: through PAGER, or less, where it is longer than the
 * screen, at once where it is not, where the terminal cannot, and for a screen reader,
 * which pages by itself.  A pager that cannot be run costs no text. */
void page_write(const char *text, size_t n_bytes, const struct options *options);

#endif
