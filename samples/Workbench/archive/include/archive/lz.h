#pragma once

#include "archive/bit_stream.h"

namespace archive {

/// Lempel and Ziv 1977: literals and (distance, length) pairs in a window of 32 KiB, byte aligned.
Bytes lzCompress(const Bytes& plain);
Bytes lzExpand(const Bytes& packed);

}
