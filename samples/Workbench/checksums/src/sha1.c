#include "checksums/checksums.h"

#include "bits.h"
#include "padding.h"

static void transform(uint32_t *state, const uint8_t block[64])
{
    uint32_t w[80];
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];

    for (int i = 0; i < 16; i++) {
        w[i] = load_big_32(block + 4 * i);
    }
    for (int i = 16; i < 80; i++) {
        w[i] = rotate_left_32(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    }

    for (int i = 0; i < 80; i++) {
        uint32_t f, k, next;
        if (i < 20) {
            f = (b & c) | (~b & d);
            k = 0x5a827999;
        } else if (i < 40) {
            f = b ^ c ^ d;
            k = 0x6ed9eba1;
        } else if (i < 60) {
            f = (b & c) | (b & d) | (c & d);
            k = 0x8f1bbcdc;
        } else {
            f = b ^ c ^ d;
            k = 0xca62c1d6;
        }
        next = rotate_left_32(a, 5) + f + e + k + w[i];
        e = d;
        d = c;
        c = rotate_left_32(b, 30);
        b = a;
        a = next;
    }

    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
}

void sha1(const void *data, size_t size, uint8_t digest[SHA1_SIZE])
{
    uint32_t state[5] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0 };

    hash_padded(data, size, state, transform);
    for (int i = 0; i < 5; i++) {
        store_big_32(digest + 4 * i, state[i]);
    }
}
