#include <stdio.h>

int main(int argc, char **argv)
{
    FILE *in, *out;
    int sum = 0, number;
    if (argc != 3 || !(in = fopen(argv[1], "r")) || !(out = fopen(argv[2], "w")))
    {
        fprintf(stderr, "tool: error T1: two files are needed\n");
        return 1;
    }
    while (fscanf(in, "%d", &number) == 1)
    {
        sum += number;
    }
    fprintf(out, "int table() { return %d; }\n", sum);
    fclose(in);
    fclose(out);
    return 0;
}
