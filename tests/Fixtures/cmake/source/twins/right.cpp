#include "twins.h"
std::string right() { return "right and " + right_same(); }
