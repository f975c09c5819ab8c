#include "text/split.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <numeric>

namespace text {
namespace {

bool isSpace(char c)
{
    return std::isspace(static_cast<unsigned char>(c)) != 0;
}

}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(end + 1);
    }
}

std::vector<std::string_view> words(std::string_view text)
{
    std::vector<std::string_view> found;
    auto at = text.begin();
    for (;;) {
        at = std::find_if_not(at, text.end(), isSpace);
        if (at == text.end()) {
            return found;
        }
        const auto end = std::find_if(at, text.end(), isSpace);
        found.push_back(text.substr(static_cast<std::size_t>(at - text.begin()), static_cast<std::size_t>(end - at)));
        at = end;
    }
}

std::string_view trim(std::string_view text)
{
    while (!text.empty() && isSpace(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && isSpace(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

std::string join(const std::vector<std::string>& parts, std::string_view separator)
{
    if (parts.empty()) {
        return {};
    }
    return std::accumulate(std::next(parts.begin()), parts.end(), parts.front(), [separator](std::string joined, const std::string& part) {
        joined.append(separator).append(part);
        return joined;
    });
}

std::string replaceAll(std::string text, std::string_view from, std::string_view to)
{
    for (std::size_t at = text.find(from); at != std::string::npos && !from.empty(); at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

}
