#include <string>
std::string two() { return "two"; }
