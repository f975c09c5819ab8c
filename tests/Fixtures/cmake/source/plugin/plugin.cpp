#include "plugin.h"
#include "pch.h"
int object();
int plugin(void)
{
    return object() * (int)from_a().substr(0, 1).size() + from_copied() * 12 - 37;
}
