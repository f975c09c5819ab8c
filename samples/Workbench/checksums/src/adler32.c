#include "checksums/checksums.h"

enum { MODULUS = 65521, SAFE_RUN = 5552 };

uint32_t adler32_update(uint32_t adler, const void *data, size_t size)
{
    const uint8_t *bytes = data;
    uint32_t low = adler & 0xffff;
    uint32_t high = adler >> 16;

    while (size > 0) {
        size_t run = size < SAFE_RUN ? size : SAFE_RUN;
        size -= run;
        while (run-- > 0) {
            low += *bytes++;
            high += low;
        }
        low %= MODULUS;
        high %= MODULUS;
    }
    return high << 16 | low;
}
