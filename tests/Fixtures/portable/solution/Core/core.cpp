#include <core.h>
extern "C" int base(void);
std::string one();
std::string two();
std::string named();
std::string folder();
std::string forced();
std::string defined();
std::string disguised();
#ifdef NDEBUG
std::string only_release();
#else
static std::string only_release() { return "not in debug"; }
#endif
#ifndef FROM_DEFINITION
#error the definition group adds this
#endif
std::string describe()
{
    return "base " + std::to_string(base()) + "\nsame " + one() + " " + two() + "\nnamed " + named() + "\nfolder " + folder() + "\nforced " + forced() +
        "\ndefined " + defined() + "\ndisguised " + disguised() + "\nsheet " SHEET "\nrelease " + only_release() + "\n";
}
