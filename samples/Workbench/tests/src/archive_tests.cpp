#include "gtest/gtest.h"

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

#include "archive/container.h"
#include "archive/huffman.h"
#include "archive/lz.h"

namespace {

using archive::Bytes;

Bytes bytesOf(const std::string& text)
{
    return Bytes(text.begin(), text.end());
}

Bytes noise(std::size_t size)
{
    std::mt19937 random(42);
    Bytes bytes(size);
    for (auto& byte : bytes) {
        byte = static_cast<std::uint8_t>(random());
    }
    return bytes;
}

std::string verse(int lines)
{
    std::string text;
    for (int i = lines; i > 0; --i) {
        text += std::to_string(i) + " bottles of beer on the wall, " + std::to_string(i) + " bottles of beer. ";
    }
    return text;
}

TEST(Lz, GoesThereAndBack)
{
    for (const Bytes& plain : {Bytes(), bytesOf("a"), bytesOf("abcabcabcabcabcabc"), Bytes(100000, 'x'), noise(70000), bytesOf(verse(99))}) {
        EXPECT_EQ(archive::lzExpand(archive::lzCompress(plain)), plain);
    }
}

TEST(Lz, MakesTextSmall)
{
    EXPECT_LT(archive::lzCompress(bytesOf(verse(99))).size(), verse(99).size() / 4);
}

TEST(Huffman, GoesThereAndBack)
{
    for (const Bytes& plain : {Bytes(), bytesOf("aaaa"), bytesOf("hello, world"), noise(5000)}) {
        EXPECT_EQ(archive::huffmanDecode(archive::huffmanEncode(plain)), plain);
    }
}

TEST(Container, KeepsNamesAndContents)
{
    const auto back = archive::readArchive(archive::writeArchive({{"verse", bytesOf(verse(9))}, {"empty", {}}}));
    ASSERT_EQ(back.size(), 2u);
    EXPECT_EQ(back[0].name, "verse");
    EXPECT_EQ(back[0].content, bytesOf(verse(9)));
    EXPECT_TRUE(back[1].content.empty());
}

TEST(Container, NoticesEveryCutAndEveryFlippedByte)
{
    const Bytes original = bytesOf(verse(3));
    const Bytes whole = archive::writeArchive({{"verse", original}});
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        if (size != 4) {
            EXPECT_THROW(archive::readArchive(cut), archive::CorruptData) << size;
        }
    }
    for (std::size_t at = 0; at < whole.size(); ++at) {
        Bytes damaged = whole;
        damaged[at] ^= 0x10;
        try {
            const auto read = archive::readArchive(damaged);
            EXPECT_TRUE(read.size() == 1 && read[0].content == original) << "the damage at " << at << " went through";
        } catch (const archive::CorruptData&) {
            continue;
        }
    }
}

}
