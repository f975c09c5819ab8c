#pragma once
#if defined(_WIN32)
#   ifdef TINYXML2_EXPORT
#       define TINYXML2_LIB __declspec(dllexport)
#   elif defined(TINYXML2_IMPORT)
#       define TINYXML2_LIB __declspec(dllimport)
#   else
#       define TINYXML2_LIB
#   endif
#elif __GNUC__ >= 4
#   define TINYXML2_LIB __attribute__((visibility("default")))
#endif
namespace tinyxml2 {
class TINYXML2_LIB XMLDocument
{
public:
    int Parse(const char *xml);
};
}
