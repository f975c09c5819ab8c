/* A compiler that takes its time without using the processor: everything but a compile is left to the real one, a compile sleeps as many milliseconds as the
   name of a variable in its text says (int takes_1000_ms;), or the file here-takes in its folder where there is one, and writes an object of eight bytes, with what
   another variable says behind them (int says_this;). REAL is the real compiler's path. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char *argument_after(char **argv, const char *option)
{
    for (; *argv; argv++)
        if (!strcmp(*argv, option))
            return argv[1];
    return 0;
}

static int has(char **argv, const char *option)
{
    for (; *argv; argv++)
        if (!strcmp(*argv, option))
            return 1;
    return 0;
}

static long milliseconds(const char *path)
{
    char line[4096];
    long found = 0;
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file)) {
        char *at = strstr(line, "takes_");
        if (at)
            found = atol(at + 6);
    }
    if (file)
        fclose(file);
    file = fopen("here-takes", "r");
    if (file) {
        if (fgets(line, sizeof line, file))
            found = atol(line);
        fclose(file);
    }
    return found;
}

/* What the last variable of the form says_this says. */
static void said(const char *path, char words[256])
{
    char line[4096];
    FILE *file = fopen(path, "r");
    words[0] = 0;
    while (file && fgets(line, sizeof line, file)) {
        char *at = strstr(line, "says_");
        if (at)
            sscanf(at + 5, "%255[A-Za-z0-9_]", words);
    }
    if (file)
        fclose(file);
}

int main(int argc, char **argv)
{
    const char *output = argument_after(argv, "-o"), *dependencies = argument_after(argv, "-MF"), *input = 0;
    for (int i = 1; i < argc; i++) {
        size_t length = strlen(argv[i]);
        if (argv[i][0] != '-' && length > 2 && (!strcmp(argv[i] + length - 2, ".i") || (length > 4 && !strcmp(argv[i] + length - 4, ".cpp"))))
            input = argv[i];
    }
    if (!has(argv, "-c") || has(argv, "-E") || !input || !output) {
        argv[0] = REAL;
        execv(REAL, argv);
        perror(REAL);
        return 127;
    }
    if (dependencies) {
        FILE *file = fopen(dependencies, "w");
        if (!file)
            return 1;
        fprintf(file, "%s: %s\n", output, input);
        fclose(file);
    }
    long wait = milliseconds(input);
    char words[256];
    said(input, words);
    struct timespec time = { wait / 1000, wait % 1000 * 1000000 };
    nanosleep(&time, 0);
    FILE *object = fopen(output, "w");
    if (!object)
        return 1;
    fprintf(object, "%8ld%s", wait, words);
    return fclose(object) ? 1 : 0;
}
