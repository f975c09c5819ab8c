#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

namespace archive {

using Bytes = std::vector<std::uint8_t>;

class CorruptData : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Bits are put into bytes from the lowest up.
class BitWriter {
public:
    void put(std::uint32_t bits, int count);
    Bytes finish();

private:
    Bytes bytes_;
    std::uint64_t pending_ = 0;
    int filled_ = 0;
};

class BitReader {
public:
    BitReader(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}

    /// Throws CorruptData behind the end.
    std::uint32_t take(int count);

private:
    const std::uint8_t* data_;
    std::size_t size_;
    std::size_t at_ = 0;
    std::uint64_t pending_ = 0;
    int filled_ = 0;
};

}
