#include "archive/bit_stream.h"

#include <utility>

namespace archive {

void BitWriter::put(std::uint32_t bits, int count)
{
    pending_ |= static_cast<std::uint64_t>(bits) << filled_;
    filled_ += count;
    for (; filled_ >= 8; filled_ -= 8) {
        bytes_.push_back(static_cast<std::uint8_t>(pending_));
        pending_ >>= 8;
    }
}

Bytes BitWriter::finish()
{
    if (filled_ > 0) {
        bytes_.push_back(static_cast<std::uint8_t>(pending_));
    }
    pending_ = 0;
    filled_ = 0;
    return std::exchange(bytes_, {});
}

std::uint32_t BitReader::take(int count)
{
    while (filled_ < count) {
        if (at_ == size_) {
            throw CorruptData("the data ends too early");
        }
        pending_ |= static_cast<std::uint64_t>(data_[at_++]) << filled_;
        filled_ += 8;
    }
    const auto bits = static_cast<std::uint32_t>(pending_ & ((std::uint64_t{1} << count) - 1));
    pending_ >>= count;
    filled_ -= count;
    return bits;
}

}
