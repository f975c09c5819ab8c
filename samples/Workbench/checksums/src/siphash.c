#include "checksums/checksums.h"

#include "bits.h"

typedef struct {
    uint64_t v0, v1, v2, v3;
} sip_state;

static void sip_round(sip_state *s)
{
    s->v0 += s->v1;
    s->v1 = rotate_left_64(s->v1, 13) ^ s->v0;
    s->v0 = rotate_left_64(s->v0, 32);
    s->v2 += s->v3;
    s->v3 = rotate_left_64(s->v3, 16) ^ s->v2;
    s->v0 += s->v3;
    s->v3 = rotate_left_64(s->v3, 21) ^ s->v0;
    s->v2 += s->v1;
    s->v1 = rotate_left_64(s->v1, 17) ^ s->v2;
    s->v2 = rotate_left_64(s->v2, 32);
}

static void sip_absorb(sip_state *s, uint64_t word)
{
    s->v3 ^= word;
    sip_round(s);
    sip_round(s);
    s->v0 ^= word;
}

uint64_t siphash24(const uint8_t key[16], const void *data, size_t size)
{
    const uint8_t *bytes = data;
    uint64_t k0 = load_little_64(key);
    uint64_t k1 = load_little_64(key + 8);
    sip_state s = {
        k0 ^ UINT64_C(0x736f6d6570736575),
        k1 ^ UINT64_C(0x646f72616e646f6d),
        k0 ^ UINT64_C(0x6c7967656e657261),
        k1 ^ UINT64_C(0x7465646279746573),
    };
    uint64_t last = (uint64_t)size << 56;
    size_t whole = size / 8 * 8;

    for (size_t at = 0; at < whole; at += 8) {
        sip_absorb(&s, load_little_64(bytes + at));
    }
    for (size_t at = whole; at < size; at++) {
        last |= (uint64_t)bytes[at] << (8 * (at - whole));
    }
    sip_absorb(&s, last);

    s.v2 ^= 0xff;
    for (int i = 0; i < 4; i++) {
        sip_round(&s);
    }
    return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}
