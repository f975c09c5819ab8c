#include "extra.h"
int from_c2(void)
{
    return EXTRA;
}
