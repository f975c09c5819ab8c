#include "checksums/checksums.h"

#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

size_t base64_encoded_size(size_t size)
{
    return (size + 2) / 3 * 4;
}

void base64_encode(const void *data, size_t size, char *text)
{
    const uint8_t *bytes = data;

    for (size_t at = 0; at < size; at += 3) {
        size_t left = size - at;
        uint32_t group = (uint32_t)bytes[at] << 16;
        if (left > 1) {
            group |= (uint32_t)bytes[at + 1] << 8;
        }
        if (left > 2) {
            group |= bytes[at + 2];
        }
        *text++ = alphabet[group >> 18];
        *text++ = alphabet[group >> 12 & 63];
        *text++ = left > 1 ? alphabet[group >> 6 & 63] : '=';
        *text++ = left > 2 ? alphabet[group & 63] : '=';
    }
    *text = '\0';
}

ptrdiff_t base64_decode(const char *text, void *data, size_t capacity)
{
    uint8_t *bytes = data;
    size_t size = 0;
    size_t length = strlen(text);
    uint32_t group = 0;
    int bits = 0;

    if (length % 4 != 0) {
        return -1;
    }
    while (length > 0 && text[length - 1] == '=') {
        length--;
    }
    for (size_t i = 0; i < length; i++) {
        const char *found = strchr(alphabet, text[i]);
        if (found == NULL || *found == '\0') {
            return -1;
        }
        group = group << 6 | (uint32_t)(found - alphabet);
        bits += 6;
        if (bits >= 8) {
            if (size == capacity) {
                return -1;
            }
            bits -= 8;
            bytes[size++] = (uint8_t)(group >> bits);
        }
    }
    return (ptrdiff_t)size;
}
