#include "pugixml.hpp"
#ifdef NDEBUG
#define PUGI_BUILD "release"
#else
#define PUGI_BUILD "debug"
#endif
namespace pugi {
std::string node(const char *name, bool closed)
{
    std::string text("<");
    text += name;
    text += closed ? "/>" : ">";
    return text + PUGI_BUILD;
}
}
