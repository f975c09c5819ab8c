#pragma once
#include <cstdio>
#include <string>
