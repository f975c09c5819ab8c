#pragma once
#include <string>
std::string describe();
int chosen();
