#include "archive/container.h"

#include <algorithm>
#include <string_view>

#include "archive/huffman.h"
#include "archive/lz.h"
#include "checksums/checksums.h"

namespace archive {
namespace {

constexpr std::string_view Magic = "WBA1";

void put32(Bytes& bytes, std::uint32_t value)
{
    for (int shift = 0; shift < 32; shift += 8) {
        bytes.push_back(static_cast<std::uint8_t>(value >> shift));
    }
}

class Reader {
public:
    explicit Reader(const Bytes& bytes) : bytes_(bytes) {}

    bool atEnd() const { return at_ == bytes_.size(); }

    Bytes take(std::size_t size)
    {
        if (bytes_.size() - at_ < size) {
            throw CorruptData("the archive ends too early");
        }
        const auto first = bytes_.begin() + static_cast<std::ptrdiff_t>(at_);
        at_ += size;
        return Bytes(first, first + static_cast<std::ptrdiff_t>(size));
    }

    std::uint32_t take32()
    {
        std::uint32_t value = 0;
        int shift = 0;
        for (const std::uint8_t byte : take(4)) {
            value |= static_cast<std::uint32_t>(byte) << shift;
            shift += 8;
        }
        return value;
    }

private:
    const Bytes& bytes_;
    std::size_t at_ = 0;
};

std::uint32_t checksum(const Bytes& content)
{
    return crc32_update(0, content.data(), content.size());
}

}

Bytes writeArchive(const std::vector<Entry>& entries)
{
    Bytes bytes(Magic.begin(), Magic.end());
    for (const Entry& entry : entries) {
        const Bytes packed = huffmanEncode(lzCompress(entry.content));
        put32(bytes, static_cast<std::uint32_t>(entry.name.size()));
        bytes.insert(bytes.end(), entry.name.begin(), entry.name.end());
        put32(bytes, static_cast<std::uint32_t>(packed.size()));
        bytes.insert(bytes.end(), packed.begin(), packed.end());
        put32(bytes, checksum(entry.content));
    }
    return bytes;
}

std::vector<Entry> readArchive(const Bytes& bytes)
{
    Reader in(bytes);
    const Bytes magic = in.take(Magic.size());
    if (!std::equal(magic.begin(), magic.end(), Magic.begin())) {
        throw CorruptData("this is no archive");
    }
    std::vector<Entry> entries;
    while (!in.atEnd()) {
        const Bytes name = in.take(in.take32());
        Entry entry{std::string(name.begin(), name.end()), lzExpand(huffmanDecode(in.take(in.take32())))};
        if (in.take32() != checksum(entry.content)) {
            throw CorruptData("the checksum of '" + entry.name + "' is wrong");
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

}
