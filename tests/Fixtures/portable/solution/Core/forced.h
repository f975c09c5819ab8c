#pragma once
#include <string>
#define FORCED "yes"
