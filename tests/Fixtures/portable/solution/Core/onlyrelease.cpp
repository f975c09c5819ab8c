#include <string>
#ifndef NDEBUG
#error excluded from Debug
#endif
std::string only_release() { return "yes"; }
