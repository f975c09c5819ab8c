#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace text {

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
std::size_t editDistance(std::string_view from, std::string_view to);

/// The candidate nearest to what was typed, if one is near enough to be meant.
std::optional<std::string> didYouMean(std::string_view typed, const std::vector<std::string>& candidates);

enum class Change { Same, Removed, Added };

struct DiffLine {
    Change change;
    std::string line;
};

/// The shortest line difference by longest common subsequence.
std::vector<DiffLine> diff(const std::vector<std::string>& before, const std::vector<std::string>& after);

}
