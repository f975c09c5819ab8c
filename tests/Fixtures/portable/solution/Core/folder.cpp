#include <string>
std::string folder() { return "yes"; }
