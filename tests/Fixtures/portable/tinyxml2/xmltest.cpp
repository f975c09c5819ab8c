#include "tinyxml2.h"
#include <cstdio>
int main() { tinyxml2::XMLDocument document; std::printf("elements %d\n", document.Parse("<a><b/></a>")); return 0; }
