#ifndef LZ4_H
#define LZ4_H
#if defined(LZ4_DLL_EXPORT) && (LZ4_DLL_EXPORT==1)
#  define LZ4LIB_API __declspec(dllexport)
#elif defined(LZ4_DLL_IMPORT) && (LZ4_DLL_IMPORT==1)
#  define LZ4LIB_API __declspec(dllimport)
#else
#  define LZ4LIB_API
#endif
LZ4LIB_API int LZ4_versionNumber(void);
#endif
