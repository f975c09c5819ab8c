#include <iostream>
#include "pch.h"
#include "version.h"
#include "twins.h"
#include "../plugin/plugin.h"
int table();
int first();
int second();
#ifdef __cpp_designated_initializers
static const int standard = 20;
#else
static const int standard = 17;
#endif
int main()
{
#ifdef USE_HEADERS
    std::cout << "version " << version() << " " << (ORCHARD_VERSION == std::string(version())) << '\n'
              << "a " << from_a() << '\n'
              << "b " << from_b() << '\n'
              << "c " << from_c1() << from_c2() << from_copied() << '\n'
              << "same " << one() << ' ' << two() << '\n'
              << "table " << table() << '\n'
              << "plugin " << plugin() << '\n'
              << "twins " << left() << ", " << right() << '\n'
              << "unity " << first() + second() << ' ' << standard << '\n';
#endif
}
