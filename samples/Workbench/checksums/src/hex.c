#include "checksums/checksums.h"

static int digit_value(char digit)
{
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    if (digit >= 'a' && digit <= 'f') {
        return digit - 'a' + 10;
    }
    if (digit >= 'A' && digit <= 'F') {
        return digit - 'A' + 10;
    }
    return -1;
}

void hex_encode(const void *data, size_t size, char *text)
{
    static const char digits[] = "0123456789abcdef";
    const uint8_t *bytes = data;

    for (size_t i = 0; i < size; i++) {
        *text++ = digits[bytes[i] >> 4];
        *text++ = digits[bytes[i] & 15];
    }
    *text = '\0';
}

ptrdiff_t hex_decode(const char *text, void *data, size_t capacity)
{
    uint8_t *bytes = data;
    size_t size = 0;

    while (*text != '\0') {
        int high = digit_value(text[0]);
        int low = high < 0 ? -1 : digit_value(text[1]);
        if (low < 0 || size == capacity) {
            return -1;
        }
        bytes[size++] = (uint8_t)(high << 4 | low);
        text += 2;
    }
    return (ptrdiff_t)size;
}
