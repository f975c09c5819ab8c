#pragma once

#include "archive/bit_stream.h"

namespace archive {

/// Canonical Huffman codes over bytes: 256 code lengths, the size, the codes.
Bytes huffmanEncode(const Bytes& plain);
Bytes huffmanDecode(const Bytes& coded);

}
