#pragma once
#include <string>
std::string left_same();
std::string right_same();
std::string left();
std::string right();
