#ifndef PUGIXML_HPP
#define PUGIXML_HPP
#include <string>
namespace pugi {
std::string node(const char *name, bool closed);
}
#endif
