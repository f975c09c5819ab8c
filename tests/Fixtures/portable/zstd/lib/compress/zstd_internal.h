#define ZSTD_LEVEL 3
