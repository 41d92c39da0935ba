#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void put(char *to, size_t size, const char *format, va_list arguments) PRINTF_LIKE(3, 0);
static void put(char *to, size_t size, const char *format, va_list arguments)
{
    if (vsnprintf(to, size, format, arguments) < 0)
        to[0] = '\0';
}

int error_set(struct osseo_error *error, int status, const char *format, ...)
{
    if (error == NULL)
        return status;
    va_list arguments;
    va_start(arguments, format);
    error->status = status;
    error->line = 0;
    error->file[0] = '\0';
    put(error->text, sizeof error->text, format, arguments);
    va_end(arguments);
    return status;
}

int error_name(struct osseo_error *error, int status, const char *file)
{
    if (error == NULL || status != OSSEO_ECORRUPT)
        return status;
    struct osseo_error fault = *error;
    return error_set(error, status, "'%s': %s", file, fault.text);
}

static void set_place(struct osseo_error *error, const char *file, unsigned line, const char *text)
{
    error->status = OSSEO_EPARSE;
    error->line = line;
    snprintf(error->file, sizeof error->file, "%s", file);
    snprintf(error->text, sizeof error->text, "%s:%u: error: %s", file, line, text);
}

int error_at(struct osseo_error *error, const char *file, unsigned line, const char *format, ...)
{
    if (error == NULL)
        return OSSEO_EPARSE;
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    put(text, sizeof text, format, arguments);
    va_end(arguments);
    set_place(error, file, line, text);
    return OSSEO_EPARSE;
}

int error_no_memory(struct osseo_error *error)
{
    return error_set(error, OSSEO_ENOMEM, "out of memory");
}

static int report(struct complaints *complaints, bool is_error, const char *file, unsigned line,
                  const char *rule, const char *format, va_list arguments) PRINTF_LIKE(6, 0);
static int report(struct complaints *complaints, bool is_error, const char *file, unsigned line,
                  const char *rule, const char *format, va_list arguments)
{
    char text[512];
    put(text, sizeof text, format, arguments);
    if (is_error && complaints->n_errors == 0 && complaints->error != NULL)
        set_place(complaints->error, file, line, text);
    ++*(is_error ? &complaints->n_errors : &complaints->n_warnings);
    if (complaints->tell != NULL)
        complaints->tell(complaints->context, is_error, file, line, rule, text);
    return OSSEO_EPARSE;
}

int complain(struct complaints *complaints, const char *file, unsigned line, const char *rule,
             const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int status = report(complaints, true, file, line, rule, format, arguments);
    va_end(arguments);
    return status;
}

int warn_of(struct complaints *complaints, const char *file, unsigned line, const char *rule,
            const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int status = report(complaints, false, file, line, rule, format, arguments);
    va_end(arguments);
    return status;
}
