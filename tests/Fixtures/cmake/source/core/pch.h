/* Serves C and C++. */
#pragma once
#include <stdio.h>
#include <string.h>
#ifdef __cplusplus
#include <string>
extern "C" {
#endif
int from_c1(void);
int from_c2(void);
int from_copied(void);
#ifdef __cplusplus
}
const char *version();
std::string from_a();
std::string from_b();
std::string one();
std::string two();
#endif
