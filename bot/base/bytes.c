#include "base/bytes.h"

/* Eight bytes a step, each by a table of its own ("slicing by 8", Kounavis and Berry
 * 2005): files of gigabytes are summed while they are written. */
void checksum_init(struct checksum *c)
{
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t sum = i;
        for (int bit = 0; bit < 8; bit++)
            sum = sum & 1 ? sum >> 1 ^ 0xEDB88320 : sum >> 1;
        c->table[0][i] = sum;
    }
    for (int t = 1; t < 8; t++)
        for (uint32_t i = 0; i < 256; i++)
            c->table[t][i] = c->table[t - 1][i] >> 8 ^ c->table[0][c->table[t - 1][i] & 0xFF];
    c->sum = 0xFFFFFFFF;
}

void checksum_add(struct checksum *c, struct slice bytes)
{
    size_t at = 0;
    uint32_t sum = c->sum;
    for (; bytes.n_bytes - at >= 8; at += 8) {
        uint64_t eight = bytes_load(bytes.bytes + at) ^ sum;
        uint32_t low = (uint32_t)eight, high = (uint32_t)(eight >> 32);
        sum = c->table[7][low & 0xFF] ^ c->table[6][low >> 8 & 0xFF] ^
              c->table[5][low >> 16 & 0xFF] ^ c->table[4][low >> 24] ^
              c->table[3][high & 0xFF] ^ c->table[2][high >> 8 & 0xFF] ^
              c->table[1][high >> 16 & 0xFF] ^ c->table[0][high >> 24];
    }
    for (; at < bytes.n_bytes; at++)
        sum = sum >> 8 ^ c->table[0][(sum ^ (unsigned char)bytes.bytes[at]) & 0xFF];
    c->sum = sum;
}

uint32_t checksum_end(struct checksum *c)
{
    uint32_t sum = c->sum ^ 0xFFFFFFFF;
    c->sum = 0xFFFFFFFF;
    return sum;
}

/* Of a few bytes, without building tables: what opening a file costs. */
uint32_t bytes_checksum(struct slice bytes)
{
    static const uint32_t table[16] = {
        0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4,
        0x4DB26158, 0x5005713C, 0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C,
        0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C,
    };
    uint32_t sum = 0xFFFFFFFF;
    for (size_t i = 0; i < bytes.n_bytes; i++) {
        sum ^= (unsigned char)bytes.bytes[i];
        sum = sum >> 4 ^ table[sum & 15];
        sum = sum >> 4 ^ table[sum & 15];
    }
    return sum ^ 0xFFFFFFFF;
}
