#pragma once

#include <string>
#include <string_view>

namespace text {

/// Matches `*`, `?` and `[a-z]`, `[!a-z]`; `*` does not cross a slash, `**` does.
bool globMatches(std::string_view pattern, std::string_view name);

}
