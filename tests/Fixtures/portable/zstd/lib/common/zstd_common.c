#include "zstd.h"
int ZSTD_isError(unsigned code) { return code > 100; }
