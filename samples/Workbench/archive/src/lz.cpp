#include "archive/lz.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace archive {
namespace {

constexpr std::size_t Window = 32768;
constexpr std::size_t ShortestMatch = 4;
constexpr std::size_t LongestMatch = 255 + ShortestMatch;
constexpr std::size_t HashBits = 15;
constexpr int MaximumChain = 64;
constexpr std::size_t None = static_cast<std::size_t>(-1);

/// For each hash of four bytes the last place it was seen, and for each place the one before.
class MatchFinder {
public:
    explicit MatchFinder(const Bytes& data) : data_(data), last_(std::size_t{1} << HashBits, None), before_(data.size(), None) {}

    void insert(std::size_t at)
    {
        if (at + ShortestMatch <= data_.size()) {
            std::size_t& last = last_[hash(at)];
            before_[at] = last;
            last = at;
        }
    }

    struct Match {
        std::size_t distance = 0;
        std::size_t length = 0;
    };

    Match find(std::size_t at) const
    {
        Match best;
        if (at + ShortestMatch > data_.size()) {
            return best;
        }
        int tries = MaximumChain;
        for (std::size_t place = last_[hash(at)]; place != None && at - place <= Window && tries-- > 0; place = before_[place]) {
            const std::size_t length = common(place, at);
            if (length > best.length) {
                best = {at - place, length};
            }
        }
        return best.length >= ShortestMatch ? best : Match{};
    }

private:
    std::size_t hash(std::size_t at) const
    {
        std::uint32_t four = 0;
        std::memcpy(&four, data_.data() + at, sizeof four);
        return four * 2654435761u >> (32 - HashBits);
    }

    std::size_t common(std::size_t a, std::size_t b) const
    {
        const std::size_t limit = std::min(LongestMatch, data_.size() - b);
        std::size_t length = 0;
        while (length < limit && data_[a + length] == data_[b + length]) {
            ++length;
        }
        return length;
    }

    const Bytes& data_;
    std::vector<std::size_t> last_;
    std::vector<std::size_t> before_;
};

void putLiterals(Bytes& packed, const Bytes& plain, std::size_t first, std::size_t end)
{
    while (first < end) {
        const std::size_t run = std::min<std::size_t>(128, end - first);
        packed.push_back(static_cast<std::uint8_t>(run - 1));
        packed.insert(packed.end(), plain.begin() + static_cast<std::ptrdiff_t>(first), plain.begin() + static_cast<std::ptrdiff_t>(first + run));
        first += run;
    }
}

}

Bytes lzCompress(const Bytes& plain)
{
    Bytes packed;
    MatchFinder finder(plain);
    std::size_t literals = 0;
    for (std::size_t at = 0; at < plain.size();) {
        const MatchFinder::Match match = finder.find(at);
        if (match.length == 0) {
            finder.insert(at++);
            continue;
        }
        putLiterals(packed, plain, literals, at);
        // 1ddddddd dddddddd llllllll
        const std::size_t distance = match.distance - 1;
        packed.push_back(static_cast<std::uint8_t>(0x80 | distance >> 8));
        packed.push_back(static_cast<std::uint8_t>(distance));
        packed.push_back(static_cast<std::uint8_t>(match.length - ShortestMatch));
        for (const std::size_t end = at + match.length; at < end;) {
            finder.insert(at++);
        }
        literals = at;
    }
    putLiterals(packed, plain, literals, plain.size());
    return packed;
}

Bytes lzExpand(const Bytes& packed)
{
    Bytes plain;
    for (std::size_t at = 0; at < packed.size();) {
        const std::uint8_t head = packed[at++];
        if (head < 0x80) {
            const std::size_t run = std::size_t{head} + 1;
            if (packed.size() - at < run) {
                throw CorruptData("a literal run that ends too early");
            }
            plain.insert(plain.end(), packed.begin() + static_cast<std::ptrdiff_t>(at), packed.begin() + static_cast<std::ptrdiff_t>(at + run));
            at += run;
            continue;
        }
        if (packed.size() - at < 2) {
            throw CorruptData("a match that ends too early");
        }
        const std::size_t distance = (std::size_t{head} & 0x7f) << 8 | packed[at];
        const std::size_t length = packed[at + 1] + ShortestMatch;
        at += 2;
        if (distance >= plain.size()) {
            throw CorruptData("a match from before the start");
        }
        for (std::size_t i = 0; i < length; ++i) {
            plain.push_back(plain[plain.size() - distance - 1]);
        }
    }
    return plain;
}

}
