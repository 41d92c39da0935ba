/* A clinic.conf. */
#include "tests/fuzz/fuzz.h"

#include "face/clinic.h"

#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    struct clinic clinic;
    struct osseo_error error = { 0 };
    char path[128];
    snprintf(path, sizeof path, "%s/clinic.conf", fuzz_write("clinic.conf", bytes, n_bytes));
    if (clinic_read(&clinic, path, &error) == OSSEO_OK) {
        MUST(clinic.name[0] != '\0' && clinic.emergency[0] != '\0');
        MUST(clinic_contrast(clinic.colour_primary, clinic.colour_background) >= 4.5);
    } else {
        MUST(error.text[0] != '\0');
    }
    return 0;
}
