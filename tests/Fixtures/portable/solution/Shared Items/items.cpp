#include "items.h"
const char *item() { return "yes"; }
