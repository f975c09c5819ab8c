#include "pch.h"
#ifndef ONLY_B
#error ONLY_B belongs to this file
#endif
std::string from_b()
{
#if defined(B_IN_Debug)
    return "b in Debug";
#elif defined(B_IN_Release)
    return "b in Release";
#elif defined(B_IN_MinSizeRel)
    return "b in MinSizeRel";
#elif defined(B_IN_RelWithDebInfo)
    return "b in RelWithDebInfo";
#endif
}
