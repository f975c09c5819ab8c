#include "zlib.h"
#ifdef ASMV
#error only for the assembler configurations
#endif
int inflate_fast(void) { return 7; }
