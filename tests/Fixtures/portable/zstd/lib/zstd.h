#ifndef ZSTD_H
#define ZSTD_H
#if defined(ZSTD_DLL_EXPORT) && (ZSTD_DLL_EXPORT==1)
#  define ZSTDLIB_API __declspec(dllexport)
#else
#  define ZSTDLIB_API
#endif
ZSTDLIB_API int ZSTD_isError(unsigned code);
ZSTDLIB_API int ZSTD_compress(int level);
int ZSTD_legacy(void);
#endif
