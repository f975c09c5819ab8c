#include <math.h>
#include <stdio.h>
int main(int argc, char **argv) { (void)argv; printf("datagen %.0f\n", 100 * sqrt((double)(argc + 1))); return 0; }
