#include "tinyxml2.h"
int tinyxml2::XMLDocument::Parse(const char *xml) { int open = 0; for (; *xml; ++xml) { open += *xml == '<'; } return open; }
