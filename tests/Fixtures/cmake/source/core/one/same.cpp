#include <string>
#ifdef SAME
std::string SAME() { return "right's same"; }
#else
std::string one() { return "one"; }
#endif
