#include <math.h>
int extra(double x) { return (int)sqrt(x); }
