#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace text {

/// Breaks a paragraph so that the sum of the squared free columns is smallest (the last line is free), as TeX does in principle.
std::vector<std::string> wrap(std::string_view paragraph, std::size_t width);

/// Widens the gaps between words so that the line fills the width.
std::string justify(std::string_view line, std::size_t width);

}
