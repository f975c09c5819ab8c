#include <string>
std::string disguised() { return "yes"; }
