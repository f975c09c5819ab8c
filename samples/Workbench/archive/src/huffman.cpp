#include "archive/huffman.h"

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>
#include <queue>
#include <utility>

namespace archive {
namespace {

constexpr int Symbols = 256;
constexpr int LongestCode = 31;

using Lengths = std::array<int, Symbols>;

struct Codes {
    // Symbols by (length, value), and for each length how many there are.
    std::vector<int> order;
    std::array<std::uint32_t, LongestCode + 2> count{};
};

Lengths codeLengths(const std::array<std::uint64_t, Symbols>& frequencies)
{
    struct Node {
        std::uint64_t weight;
        int left;
        int right;
    };
    std::vector<Node> nodes;
    using Entry = std::pair<std::uint64_t, int>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> waiting;
    for (int symbol = 0; symbol < Symbols; ++symbol) {
        nodes.push_back({frequencies[static_cast<std::size_t>(symbol)], -1, -1});
        if (nodes.back().weight > 0) {
            waiting.emplace(nodes.back().weight, symbol);
        }
    }

    Lengths lengths{};
    if (waiting.size() == 1) {
        lengths[static_cast<std::size_t>(waiting.top().second)] = 1;
        return lengths;
    }
    while (waiting.size() > 1) {
        const Entry a = waiting.top();
        waiting.pop();
        const Entry b = waiting.top();
        waiting.pop();
        nodes.push_back({a.first + b.first, a.second, b.second});
        waiting.emplace(a.first + b.first, static_cast<int>(nodes.size()) - 1);
    }

    const std::function<void(int, int)> descend = [&](int index, int depth) {
        const Node& node = nodes[static_cast<std::size_t>(index)];
        if (node.left < 0) {
            lengths[static_cast<std::size_t>(index)] = depth;
            return;
        }
        descend(node.left, depth + 1);
        descend(node.right, depth + 1);
    };
    if (!waiting.empty()) {
        descend(waiting.top().second, 0);
    }
    return lengths;
}

Codes canonical(const Lengths& lengths)
{
    Codes codes;
    for (int symbol = 0; symbol < Symbols; ++symbol) {
        const int length = lengths[static_cast<std::size_t>(symbol)];
        if (length > LongestCode) {
            throw CorruptData("a code that is too long");
        }
        if (length > 0) {
            codes.order.push_back(symbol);
            ++codes.count[static_cast<std::size_t>(length)];
        }
    }
    std::stable_sort(codes.order.begin(), codes.order.end(), [&lengths](int a, int b) {
        return lengths[static_cast<std::size_t>(a)] < lengths[static_cast<std::size_t>(b)];
    });
    return codes;
}

}

Bytes huffmanEncode(const Bytes& plain)
{
    std::array<std::uint64_t, Symbols> frequencies{};
    for (const std::uint8_t byte : plain) {
        ++frequencies[byte];
    }
    const Lengths lengths = codeLengths(frequencies);
    const Codes codes = canonical(lengths);

    std::array<std::uint32_t, Symbols> code{};
    std::uint32_t next = 0;
    int length = 0;
    for (const int symbol : codes.order) {
        const int own = lengths[static_cast<std::size_t>(symbol)];
        next <<= own - length;
        length = own;
        code[static_cast<std::size_t>(symbol)] = next++;
    }

    BitWriter out;
    for (const int own : lengths) {
        out.put(static_cast<std::uint32_t>(own), 5);
    }
    out.put(static_cast<std::uint32_t>(plain.size()), 32);
    for (const std::uint8_t byte : plain) {
        // Highest bit first, so that the decoder can compare as it reads.
        for (int bit = lengths[byte]; bit-- > 0;) {
            out.put(code[byte] >> bit & 1, 1);
        }
    }
    return out.finish();
}

Bytes huffmanDecode(const Bytes& coded)
{
    BitReader in(coded.data(), coded.size());
    Lengths lengths{};
    for (int& length : lengths) {
        length = static_cast<int>(in.take(5));
    }
    const Codes codes = canonical(lengths);
    const std::uint32_t size = in.take(32);

    Bytes plain;
    while (plain.size() < size) {
        std::uint32_t code = 0;
        std::uint32_t first = 0;
        std::size_t index = 0;
        for (std::size_t length = 1;; ++length) {
            if (length > LongestCode) {
                throw CorruptData("a code that means nothing");
            }
            code = code << 1 | in.take(1);
            const std::uint32_t count = codes.count[length];
            if (code - first < count) {
                plain.push_back(static_cast<std::uint8_t>(codes.order[index + (code - first)]));
                break;
            }
            index += count;
            first = (first + count) << 1;
        }
    }
    return plain;
}

}
