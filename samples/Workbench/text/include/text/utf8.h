#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace text {

/// Reads the code point at `at` and moves past it; nothing at malformed input, which is then stepped over by one byte.
std::optional<char32_t> nextCodePoint(std::string_view bytes, std::size_t& at);

void appendCodePoint(std::string& bytes, char32_t codePoint);

bool isValidUtf8(std::string_view bytes);

/// Terminal columns: wide East Asian characters take two, combining marks none.
std::size_t columns(std::string_view bytes);

}
