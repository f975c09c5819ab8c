#include "twins.h"
std::string left_same() { return "left's same"; }
