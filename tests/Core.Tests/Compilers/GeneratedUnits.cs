namespace DistBuild.Core.Tests.Compilers;

/// <summary>Sources that are hard to preprocess in one place and compile in another.</summary>
internal static class GeneratedUnits
{
    public const string Header = """
        #pragma once
        #define TWICE(x) ((x) + (x))
        #define CONCAT_(a, b) a##b
        #define CONCAT(a, b) CONCAT_(a, b)
        #define UNIQUE(name) CONCAT(name, __COUNTER__)
        static inline int level(void) { return __INCLUDE_LEVEL__; }
        static inline const char *where(void) { return __FILE__; }

        """;

    public const string Awkward = """
        #include "unit.h"
        #pragma pack(push, 1)
        struct packed { char c; long l; };
        #pragma pack(pop)
        #undef TWICE
        #define TWICE(x) (3 * (x))
        int three = TWICE(1);
        _Pragma("GCC diagnostic ignored \"-Wunused-function\"")
        static int never(void) { return 0; }
        #if 0
        this is not C
        #elif defined UNDEFINED || !defined(F)
        int f = 0;
        #else
        int f = F(STR[0]) EMPTY;
        #endif
        #define VARIADIC(...) f(sizeof #__VA_ARGS__, __LINE__)
        __asm__(".globl awkward_symbol\n" "awkward_symbol:\n");
        int g(int a) { int b = a;; /* one
          and two */ return /* three */ b +    0x1p3f  /**/; }
        #line 1000 "renamed file.c"
        const char *renamed(void) { return __FILE__; } int line = __LINE__;
        #define LAST "no line break after this"
        const char *last = LAST;
        """;

    public const string C = """
        #include <assert.h>
        #include <stdio.h>
        #include <string.h>
        #include "unit.h"
        #ifndef WIDTH
        # define WIDTH 4
        #endif
        struct point { int x, y; };
        typedef int (*operation)(int, int);
        static int add(int a,   int b) { return TWICE(a) + b; }
        static const char *text = "a string \
        over two lines, with a \" quote // and no comment";
        int UNIQUE(counted_), UNIQUE(counted_);   int grid[WIDTH][__LINE__];
        int main(int argc, char **argv) {
            operation op = add;   struct point p = { .y = level(), .x = argc };
            assert(argc > 0 && "at least the program");
            printf("%s %s %d %d\n", text, where(), op(p.x, p.y), (int)strlen(argv[0]));
            return 0;
        }

        """;

    public const string Cxx = """
        #include <algorithm>
        #include <cassert>
        #include <functional>
        #include <iostream>
        #include <map>
        #include <memory>
        #include <sstream>
        #include <string>
        #include <vector>
        #include "unit.h"
        #if defined(__has_include) && __has_include("missing.h")
        #error "there is no such header"
        #endif
        namespace {
        const char raw[] = R"delimiter(first "line"
        # 12 "not a marker"
        // not a comment )" still raw
        )delimiter";
        struct Hidden { virtual ~Hidden() = default; virtual int value() const { return __LINE__; } };
        }
        template <typename T, typename... Rest> auto sum(T first, Rest... rest) {
            if constexpr (sizeof...(rest) == 0) { return first; } else { return first + sum(rest...); }
        }
        std::string größe = "Größe – 大きさ";   int 数 = 1'000'000;
        int UNIQUE(id_) = __COUNTER__;
        int main(int argc, char **) {
            std::map<std::string, std::vector<int>> numbers{{"one", {1}}, {größe, {2, 3, TWICE(argc)}}};
            std::function<int(int)> next = [&](int n) { return n + static_cast<int>(numbers.size()) + level(); };
            auto hidden = std::make_unique<Hidden>();
            assert(next(1) > 1);
            std::ostringstream out;   out << raw << sum(1, 2.5, 3L) << hidden->value() << where() << __PRETTY_FUNCTION__;
            std::cout << out.str() << 数 << std::endl;
            return std::count_if(numbers.begin(), numbers.end(), [](const auto &p) { return p.second.size() > 1; });
        }

        """;
}
