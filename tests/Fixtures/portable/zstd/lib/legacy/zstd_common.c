#include <zstd.h>
int ZSTD_legacy(void) { return ZSTD_LEGACY_SUPPORT; }
