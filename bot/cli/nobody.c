/* cli/nobody.c -- who has an account here: nobody, as far as readline is told.
 *
 * readline would look up users and their homes for a `~` that a question never
 * means.  The C library's answer loads name services while the program runs, which
 * a program that is linked statically cannot count on.  Where HOME is not set,
 * readline looks for its settings in /. */
#define _XOPEN_SOURCE 700

#include <pwd.h>
#include <stddef.h>

struct passwd *getpwnam(const char *name)
{
    (void)name;
    return NULL;
}

struct passwd *getpwuid(uid_t user)
{
    (void)user;
    return NULL;
}

struct passwd *getpwent(void)
{
    return NULL;
}

void setpwent(void)
{
}

void endpwent(void)
{
}
