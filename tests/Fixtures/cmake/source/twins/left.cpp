#include "twins.h"
std::string left() { return "left and " + left_same(); }
