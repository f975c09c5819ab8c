#include <string>
std::string named() { return "yes"; }
