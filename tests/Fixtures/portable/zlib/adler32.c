#include "zlib.h"
unsigned adler(unsigned a, const char *text) { while (*text) { a = (a + (unsigned char)*text++) % 65521; } return a; }
