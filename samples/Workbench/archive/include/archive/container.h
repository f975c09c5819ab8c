#pragma once

#include <string>
#include <vector>

#include "archive/bit_stream.h"

namespace archive {

struct Entry {
    std::string name;
    Bytes content;
};

/// `WBA1`, then per entry: name, content compressed by LZ and Huffman, CRC-32 of the content. Integers are little-endian.
Bytes writeArchive(const std::vector<Entry>& entries);

/// Throws CorruptData for anything that is not whole.
std::vector<Entry> readArchive(const Bytes& bytes);

}
