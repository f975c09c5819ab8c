#include "text/utf8.h"

#include <algorithm>
#include <array>
#include <utility>

namespace text {
namespace {

struct Range {
    char32_t first;
    char32_t last;
};

constexpr std::array<Range, 6> Wide{{
    {0x1100, 0x115f}, {0x2e80, 0xa4cf}, {0xac00, 0xd7a3}, {0xf900, 0xfaff}, {0xff00, 0xff60}, {0x1f300, 0x1f64f},
}};

constexpr std::array<Range, 3> Combining{{{0x0300, 0x036f}, {0x1ab0, 0x1aff}, {0x20d0, 0x20ff}}};

template <std::size_t N>
bool contains(const std::array<Range, N>& ranges, char32_t codePoint)
{
    return std::any_of(ranges.begin(), ranges.end(), [codePoint](const Range& range) {
        return range.first <= codePoint && codePoint <= range.last;
    });
}

int sequenceLength(unsigned char lead)
{
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xc2 && lead <= 0xdf) {
        return 2;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
        return 3;
    }
    return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

}

std::optional<char32_t> nextCodePoint(std::string_view bytes, std::size_t& at)
{
    const auto lead = static_cast<unsigned char>(bytes[at]);
    const int length = sequenceLength(lead);
    if (length == 0 || at + static_cast<std::size_t>(length) > bytes.size()) {
        ++at;
        return std::nullopt;
    }

    char32_t codePoint = length == 1 ? lead : lead & (0x7f >> length);
    for (int i = 1; i < length; ++i) {
        const auto next = static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
        if ((next & 0xc0) != 0x80) {
            ++at;
            return std::nullopt;
        }
        codePoint = codePoint << 6 | (next & 0x3f);
    }

    constexpr std::array<char32_t, 5> Smallest{0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
    if (codePoint < Smallest[static_cast<std::size_t>(length)] || codePoint > 0x10ffff || surrogate) {
        ++at;
        return std::nullopt;
    }

    at += static_cast<std::size_t>(length);
    return codePoint;
}

void appendCodePoint(std::string& bytes, char32_t codePoint)
{
    const auto put = [&bytes](char32_t value) { bytes.push_back(static_cast<char>(value)); };
    if (codePoint < 0x80) {
        put(codePoint);
    } else if (codePoint < 0x800) {
        put(0xc0 | codePoint >> 6);
        put(0x80 | (codePoint & 0x3f));
    } else if (codePoint < 0x10000) {
        put(0xe0 | codePoint >> 12);
        put(0x80 | (codePoint >> 6 & 0x3f));
        put(0x80 | (codePoint & 0x3f));
    } else {
        put(0xf0 | codePoint >> 18);
        put(0x80 | (codePoint >> 12 & 0x3f));
        put(0x80 | (codePoint >> 6 & 0x3f));
        put(0x80 | (codePoint & 0x3f));
    }
}

bool isValidUtf8(std::string_view bytes)
{
    for (std::size_t at = 0; at < bytes.size();) {
        if (!nextCodePoint(bytes, at)) {
            return false;
        }
    }
    return true;
}

std::size_t columns(std::string_view bytes)
{
    std::size_t width = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        const char32_t codePoint = nextCodePoint(bytes, at).value_or(U'\uFFFD');
        if (!contains(Combining, codePoint)) {
            width += contains(Wide, codePoint) ? 2 : 1;
        }
    }
    return width;
}

}
