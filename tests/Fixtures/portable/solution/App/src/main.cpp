#include "stdafx.h"
#include <core.h>
#include <items.h>
#include <table.h>
extern "C" int plugin(void);
extern "C" int extra(double);
extern "C" int plain(void);
int main()
{
    int sum = 0;
    for (int n : table) { sum += n; }
    std::printf("%schosen %d\nplugin %d\nitem %s\ntable %d\nextra %d\nplain %d\nunicode %d\n", describe().c_str(), chosen(), plugin(), item(), sum, extra(81), plain(),
#ifdef UNICODE
        1
#else
        0
#endif
    );
    return 0;
}
