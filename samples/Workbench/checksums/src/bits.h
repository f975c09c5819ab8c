#ifndef CHECKSUMS_BITS_H
#define CHECKSUMS_BITS_H

#include <stdint.h>

static inline uint32_t rotate_left_32(uint32_t value, int count)
{
    return (value << count) | (value >> (32 - count));
}

static inline uint32_t rotate_right_32(uint32_t value, int count)
{
    return (value >> count) | (value << (32 - count));
}

static inline uint64_t rotate_left_64(uint64_t value, int count)
{
    return (value << count) | (value >> (64 - count));
}

static inline uint32_t load_big_32(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static inline void store_big_32(uint8_t *bytes, uint32_t value)
{
    bytes[0] = (uint8_t)(value >> 24);
    bytes[1] = (uint8_t)(value >> 16);
    bytes[2] = (uint8_t)(value >> 8);
    bytes[3] = (uint8_t)value;
}

static inline uint64_t load_little_64(const uint8_t *bytes)
{
    uint64_t value = 0;
    for (int i = 7; i >= 0; i--) {
        value = value << 8 | bytes[i];
    }
    return value;
}

#endif
