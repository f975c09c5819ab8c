/* Checksums and encodings in plain C. */
#ifndef CHECKSUMS_CHECKSUMS_H
#define CHECKSUMS_CHECKSUMS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

uint32_t crc32_update(uint32_t crc, const void *data, size_t size);
uint32_t adler32_update(uint32_t adler, const void *data, size_t size);
uint64_t fnv1a64(const void *data, size_t size);
uint64_t siphash24(const uint8_t key[16], const void *data, size_t size);

enum { SHA1_SIZE = 20, SHA256_SIZE = 32 };

void sha1(const void *data, size_t size, uint8_t digest[SHA1_SIZE]);
void sha256(const void *data, size_t size, uint8_t digest[SHA256_SIZE]);

/* Writes 2 * size + 1 characters. */
void hex_encode(const void *data, size_t size, char *text);
/* Returns the number of bytes, or -1 when the text is not pairs of hexadecimal digits. */
ptrdiff_t hex_decode(const char *text, void *data, size_t capacity);

size_t base64_encoded_size(size_t size);
/* Writes base64_encoded_size(size) + 1 characters. */
void base64_encode(const void *data, size_t size, char *text);
/* Returns the number of bytes, or -1 when the text is not base64. */
ptrdiff_t base64_decode(const char *text, void *data, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
