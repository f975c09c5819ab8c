#include "padding.h"

#include <string.h>

#include "bits.h"

void hash_padded(const uint8_t *data, size_t size, uint32_t *state, block_function transform)
{
    uint8_t last[128] = { 0 };
    size_t whole = size / 64 * 64;
    size_t rest = size - whole;
    size_t tail = rest < 56 ? 64 : 128;
    uint64_t bits = (uint64_t)size * 8;

    for (size_t at = 0; at < whole; at += 64) {
        transform(state, data + at);
    }

    memcpy(last, data + whole, rest);
    last[rest] = 0x80;
    store_big_32(last + tail - 8, (uint32_t)(bits >> 32));
    store_big_32(last + tail - 4, (uint32_t)bits);
    for (size_t at = 0; at < tail; at += 64) {
        transform(state, last + at);
    }
}
