#include "text/distance.h"

#include <algorithm>

namespace text {
namespace {

class Table {
public:
    Table(std::size_t rows, std::size_t width) : width_(width), cells_(rows * width) {}

    std::size_t& at(std::size_t row, std::size_t column) { return cells_[row * width_ + column]; }

private:
    std::size_t width_;
    std::vector<std::size_t> cells_;
};

}

std::size_t editDistance(std::string_view from, std::string_view to)
{
    Table table(from.size() + 1, to.size() + 1);
    for (std::size_t i = 0; i <= from.size(); ++i) {
        for (std::size_t j = 0; j <= to.size(); ++j) {
            if (i == 0 || j == 0) {
                table.at(i, j) = i + j;
                continue;
            }
            const std::size_t replaced = table.at(i - 1, j - 1) + (from[i - 1] == to[j - 1] ? 0 : 1);
            std::size_t best = std::min({table.at(i - 1, j) + 1, table.at(i, j - 1) + 1, replaced});
            if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1]) {
                best = std::min(best, table.at(i - 2, j - 2) + 1);
            }
            table.at(i, j) = best;
        }
    }
    return table.at(from.size(), to.size());
}

std::optional<std::string> didYouMean(std::string_view typed, const std::vector<std::string>& candidates)
{
    const auto nearest = std::min_element(candidates.begin(), candidates.end(), [typed](const std::string& a, const std::string& b) {
        return editDistance(typed, a) < editDistance(typed, b);
    });
    if (nearest == candidates.end() || editDistance(typed, *nearest) > std::max<std::size_t>(1, typed.size() / 3)) {
        return std::nullopt;
    }
    return *nearest;
}

std::vector<DiffLine> diff(const std::vector<std::string>& before, const std::vector<std::string>& after)
{
    Table common(before.size() + 1, after.size() + 1);
    for (std::size_t i = before.size(); i-- > 0;) {
        for (std::size_t j = after.size(); j-- > 0;) {
            common.at(i, j) = before[i] == after[j] ? common.at(i + 1, j + 1) + 1 : std::max(common.at(i + 1, j), common.at(i, j + 1));
        }
    }

    std::vector<DiffLine> lines;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < before.size() || j < after.size()) {
        if (i < before.size() && j < after.size() && before[i] == after[j]) {
            lines.push_back({Change::Same, before[i++]});
            ++j;
        } else if (j == after.size() || (i < before.size() && common.at(i + 1, j) >= common.at(i, j + 1))) {
            lines.push_back({Change::Removed, before[i++]});
        } else {
            lines.push_back({Change::Added, after[j++]});
        }
    }
    return lines;
}

}
