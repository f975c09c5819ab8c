#include "text/glob.h"

#include <optional>
#include <utility>

namespace text {
namespace {

/// The result of matching one `[...]` set, and the pattern behind it; nothing when the set is not closed.
std::optional<std::pair<bool, std::string_view>> matchSet(std::string_view pattern, char c)
{
    std::string_view rest = pattern.substr(1);
    const bool negated = !rest.empty() && (rest.front() == '!' || rest.front() == '^');
    if (negated) {
        rest.remove_prefix(1);
    }

    bool found = false;
    for (bool first = true; !rest.empty() && (first || rest.front() != ']'); first = false) {
        const char low = rest.front();
        char high = low;
        if (rest.size() > 2 && rest[1] == '-' && rest[2] != ']') {
            high = rest[2];
            rest.remove_prefix(2);
        }
        found = found || (low <= c && c <= high);
        rest.remove_prefix(1);
    }
    if (rest.empty()) {
        return std::nullopt;
    }
    return std::make_pair(found != negated, rest.substr(1));
}

}

bool globMatches(std::string_view pattern, std::string_view name)
{
    while (!pattern.empty()) {
        if (pattern.front() == '*') {
            const bool crosses = pattern.size() > 1 && pattern[1] == '*';
            const std::string_view rest = pattern.substr(crosses ? 2 : 1);
            for (std::size_t skipped = 0; skipped <= name.size(); ++skipped) {
                if (globMatches(rest, name.substr(skipped))) {
                    return true;
                }
                if (skipped < name.size() && name[skipped] == '/' && !crosses) {
                    return false;
                }
            }
            return false;
        }

        if (name.empty()) {
            return false;
        }
        if (pattern.front() == '[') {
            if (const auto set = matchSet(pattern, name.front())) {
                if (!set->first) {
                    return false;
                }
                pattern = set->second;
                name.remove_prefix(1);
                continue;
            }
        }
        const bool any = pattern.front() == '?' && name.front() != '/';
        if (!any && pattern.front() != name.front()) {
            return false;
        }
        pattern.remove_prefix(1);
        name.remove_prefix(1);
    }
    return name.empty();
}

}
