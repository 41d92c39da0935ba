#include "rank/synonyms.h"

static struct slice text_at(const struct index *index, size_t at)
{
    struct slice s = index->section[SECTION_SYNONYMS];
    return bytes_part(index->section[SECTION_STRINGS], bytes_u32(s, at), bytes_u32(s, at + 4));
}

struct synonym_range synonyms_find(const struct index *index, struct slice from)
{
    uint32_t n_rows =
        (uint32_t)(index->section[SECTION_SYNONYMS].n_bytes / SYNONYM_ROW_BYTES);
    uint32_t low = 0, high = n_rows;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (slice_compare(text_at(index, (size_t)middle * SYNONYM_ROW_BYTES), from) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    struct synonym_range range = { low, 0 };
    while (low + range.n < n_rows &&
           slice_equal(text_at(index, (size_t)(low + range.n) * SYNONYM_ROW_BYTES), from))
        range.n++;
    return range;
}

struct slice synonym_to(const struct index *index, uint32_t row)
{
    return text_at(index, (size_t)row * SYNONYM_ROW_BYTES + 8);
}
