#include "face/say.h"

#include "base/utf8.h"

#include <stdarg.h>

void say_text(FILE *out, struct slice text)
{
    for (size_t at = 0; at < text.n_bytes;) {
        char bytes[4];
        uint32_t c = utf8_next(text, &at);
        if (utf8_is_control(c) && c != '\n' && c != '\t')
            c = UTF8_REPLACEMENT;
        fwrite(bytes, 1, utf8_encode(c, bytes), out);
    }
}

void say_to(FILE *out, const char *format, ...)
{
    char text[4096];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    say_text(out, slice_of(text));
}

void say_warning(void *context, const char *file, unsigned line, const char *text)
{
    (void)context;
    say_to(stderr, "%s:%u: warning: %s\n", file, line, text);
}
