#include <string>
#ifdef FROM_DEFINITION
#error undefined for this file
#endif
std::string defined() { return WHAT; }
