#include "text/wrap.h"

#include <algorithm>
#include <limits>

#include "text/split.h"
#include "text/utf8.h"

namespace text {

std::vector<std::string> wrap(std::string_view paragraph, std::size_t width)
{
    const std::vector<std::string_view> all = words(paragraph);
    const std::size_t count = all.size();
    constexpr double Never = std::numeric_limits<double>::infinity();
    std::vector<double> cost(count + 1, Never);
    std::vector<std::size_t> breakBefore(count + 1, 0);
    cost[0] = 0;

    for (std::size_t end = 1; end <= count; ++end) {
        std::size_t length = 0;
        for (std::size_t first = end; first-- > 0;) {
            length += columns(all[first]) + (first + 1 < end ? 1 : 0);
            const bool tooLong = length > width;
            if (tooLong && first + 1 < end) {
                break;
            }
            const double free = tooLong ? 0 : static_cast<double>(width - length);
            const double penalty = end == count ? 0 : free * free;
            if (cost[first] + penalty < cost[end]) {
                cost[end] = cost[first] + penalty;
                breakBefore[end] = first;
            }
        }
    }

    std::vector<std::string> lines;
    for (std::size_t end = count; end > 0; end = breakBefore[end]) {
        std::vector<std::string> line(all.begin() + static_cast<std::ptrdiff_t>(breakBefore[end]), all.begin() + static_cast<std::ptrdiff_t>(end));
        lines.push_back(join(line, " "));
    }
    std::reverse(lines.begin(), lines.end());
    return lines;
}

std::string justify(std::string_view line, std::size_t width)
{
    const std::vector<std::string_view> all = words(line);
    std::size_t used = 0;
    for (std::string_view word : all) {
        used += columns(word);
    }
    if (all.size() < 2 || used + all.size() - 1 > width) {
        return std::string(line);
    }

    const std::size_t gaps = all.size() - 1;
    const std::size_t spaces = width - used;
    std::string filled;
    for (std::size_t i = 0; i < all.size(); ++i) {
        filled += all[i];
        if (i < gaps) {
            filled.append(spaces / gaps + (i < spaces % gaps ? 1 : 0), ' ');
        }
    }
    return filled;
}

}
