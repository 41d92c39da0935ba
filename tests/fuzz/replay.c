/* Runs a fuzz target over files, without a fuzzer. */
#include "tests/fuzz/fuzz.h"

#include "base/file.h"

#include <stdio.h>

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        struct buffer bytes;
        struct osseo_error error;
        buffer_init(&bytes, &memory_default, 1 << 24);
        if (file_read(&bytes, argv[i], 1 << 24, &error) != OSSEO_OK) {
            fprintf(stderr, "%s\n", error.text);
            return 2;
        }
        LLVMFuzzerTestOneInput((const uint8_t *)(bytes.bytes == NULL ? "" : bytes.bytes),
                               bytes.n_bytes);
        buffer_release(&bytes);
    }
    return 0;
}
