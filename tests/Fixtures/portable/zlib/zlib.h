#if defined(ZLIB_WINAPI) && defined(_WIN32)
#error this system has no WINAPI
#endif
unsigned adler(unsigned a, const char *text);
