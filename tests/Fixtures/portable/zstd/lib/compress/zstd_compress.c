#include <zstd.h>
#include <zstd_internal.h>
#include <math.h>
int ZSTD_compress(int level) { return ZSTD_isError((unsigned)level) ? -1 : (int)sqrt((double)(level * ZSTD_LEVEL)) + ZSTD_legacy(); }
