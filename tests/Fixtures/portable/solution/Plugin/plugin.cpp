#include <core.h>
extern "C" __declspec(dllimport) int deep(void);
extern "C" __declspec(dllexport) int plugin(void) { return chosen() + deep(); }
