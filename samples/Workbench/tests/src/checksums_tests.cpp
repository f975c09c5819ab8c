#include "gtest/gtest.h"

#include <array>
#include <numeric>
#include <string>

#include "checksums/checksums.h"

namespace {

const std::string Digits = "123456789";

template <class Function, std::size_t Size>
std::string digest(Function function, std::array<std::uint8_t, Size> bytes, const std::string& text)
{
    function(text.data(), text.size(), bytes.data());
    std::string hex(2 * Size + 1, '\0');
    hex_encode(bytes.data(), Size, hex.data());
    hex.pop_back();
    return hex;
}

TEST(Checksums, HaveTheirPublishedCheckValues)
{
    EXPECT_EQ(crc32_update(0, Digits.data(), Digits.size()), 0xcbf43926u);
    EXPECT_EQ(adler32_update(1, Digits.data(), Digits.size()), 0x091e01deu);
    EXPECT_EQ(fnv1a64("a", 1), 0xaf63dc4c8601ec8cu);
}

TEST(Checksums, CanBeContinued)
{
    const std::uint32_t first = crc32_update(0, Digits.data(), 4);
    EXPECT_EQ(crc32_update(first, Digits.data() + 4, 5), 0xcbf43926u);
}

TEST(Checksums, SipHashHasTheReferenceVector)
{
    std::array<std::uint8_t, 16> key{};
    std::iota(key.begin(), key.end(), std::uint8_t{0});
    std::array<std::uint8_t, 15> message{};
    std::iota(message.begin(), message.end(), std::uint8_t{0});
    EXPECT_EQ(siphash24(key.data(), message.data(), message.size()), 0xa129ca6149be45e5u);
}

TEST(Digests, HaveTheVectorsOfTheStandard)
{
    EXPECT_EQ(digest(sha1, std::array<std::uint8_t, SHA1_SIZE>{}, "abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
    EXPECT_EQ(digest(sha256, std::array<std::uint8_t, SHA256_SIZE>{}, "abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(digest(sha256, std::array<std::uint8_t, SHA256_SIZE>{}, std::string(1000000, 'a')),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

class Base64 : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(Base64, GoesThereAndBack)
{
    const auto [plain, coded] = GetParam();
    const std::string text(plain);
    std::string encoded(base64_encoded_size(text.size()) + 1, '\0');
    base64_encode(text.data(), text.size(), encoded.data());
    EXPECT_STREQ(encoded.c_str(), coded);

    std::string decoded(text.size(), '\0');
    EXPECT_EQ(base64_decode(coded, decoded.data(), decoded.size()), static_cast<std::ptrdiff_t>(text.size()));
    EXPECT_EQ(decoded, text);
}

INSTANTIATE_TEST_SUITE_P(Rfc4648, Base64, testing::Values(std::pair("", ""), std::pair("f", "Zg=="), std::pair("fo", "Zm8="), std::pair("foo", "Zm9v"),
                                                         std::pair("foob", "Zm9vYg=="), std::pair("fooba", "Zm9vYmE="), std::pair("foobar", "Zm9vYmFy")));

TEST(Hex, RefusesWhatIsNoHex)
{
    std::array<std::uint8_t, 4> bytes{};
    EXPECT_EQ(hex_decode("0aFf", bytes.data(), bytes.size()), 2);
    EXPECT_EQ(bytes[1], 0xff);
    EXPECT_EQ(hex_decode("0", bytes.data(), bytes.size()), -1);
    EXPECT_EQ(hex_decode("0g", bytes.data(), bytes.size()), -1);
    EXPECT_EQ(hex_decode("0011223344", bytes.data(), bytes.size()), -1);
}

}
