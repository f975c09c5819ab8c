/* The padding that SHA-1 and SHA-256 share: a one bit, zeros, and the length in bits at the end of a 64 byte block. */
#ifndef CHECKSUMS_PADDING_H
#define CHECKSUMS_PADDING_H

#include <stddef.h>
#include <stdint.h>

typedef void (*block_function)(uint32_t *state, const uint8_t block[64]);

void hash_padded(const uint8_t *data, size_t size, uint32_t *state, block_function transform);

#endif
