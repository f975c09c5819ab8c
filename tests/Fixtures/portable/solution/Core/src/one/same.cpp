#include <string>
std::string one() { return "one"; }
