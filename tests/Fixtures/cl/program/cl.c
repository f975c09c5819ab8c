/*
 * A program that behaves as cl.exe does where a compile cache can see it, and compiles with clang-cl:
 *   - its parts are files beside it: c2.dll (version, the clang-cl that compiles), c1.dll and c1xx.dll (an argument a line for C and C++), LANGUAGE/clui.dll (its banner,
 *     with %s for the version, and the words before the name of an included file); a changed part makes another object, or other words
 *   - the banner goes to standard error unless /nologo is given; the name of the source and all diagnostics go to standard output, with /E the name goes to standard error
 *   - it prints in code page 1252
 *   - VSLANG chooses the language, VS_UNICODE_OUTPUT names a descriptor that gets everything as UTF-16
 *   - /showIncludes; /sourceDependencies FILE, in JSON with full paths; response files in UTF-16 or UTF-8 by their mark, else in code page 1252
 *   - every object has its own full name and its source's; with debug information also the command line
 *   - the time stamp of an object is the time unless /Brepro is given (clang-cl's own doing)
 * Sources of the behaviour: "Compiler options listed alphabetically" and "/sourceDependencies", Microsoft C++ reference.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST 512
#define LARGEST (64 << 20)

static char folder[PATH_MAX], *words[MOST], *passed[MOST];
static int count, given;

static char *slurp(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    char *bytes = malloc(LARGEST);
    *length = fread(bytes, 1, LARGEST - 1, file);
    bytes[*length] = 0;
    fclose(file);
    return bytes;
}

static char *part(const char *name)
{
    char path[2 * PATH_MAX];
    size_t length;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    char *text = slurp(path, &length);
    if (!text) { fprintf(stderr, "cl : Command line error D8037 : cannot open %s\r\n", name); exit(2); }
    return text;
}

static char *language(void)
{
    static char name[64];
    const char *wanted = getenv("VSLANG");
    char path[2 * PATH_MAX];
    snprintf(path, sizeof path, "%s/%s/clui.dll", folder, wanted ? wanted : "-");
    if (access(path, R_OK) == 0) { snprintf(name, sizeof name, "%s/clui.dll", wanted); return name; }
    DIR *all = opendir(folder);
    for (struct dirent *entry; (entry = readdir(all));)
        if (strspn(entry->d_name, "0123456789") == strlen(entry->d_name)) { snprintf(name, sizeof name, "%.20s/clui.dll", entry->d_name); break; }
    closedir(all);
    return name;
}

static void put(FILE *to, const char *bytes, size_t length)
{
    const char *handle = getenv("VS_UNICODE_OUTPUT");
    if (!handle || !*handle) { fwrite(bytes, 1, length, to); return; }
    for (size_t i = 0; i < length; i++) { char wide[2] = { bytes[i], 0 }; if (write(atoi(handle), wide, 2) != 2) exit(3); }
}

static void add_words(char *text)
{
    for (char *word = text; *word;) {
        while (*word && strchr(" \t\r\n", *word)) word++;
        if (!*word) break;
        char *made = malloc(strlen(word) + 1), *end = made;
        int quoted = 0;
        for (; *word && (quoted || !strchr(" \t\r\n", *word)); word++)
            if (*word == '"') quoted = !quoted; else *end++ = *word;
        *end = 0;
        words[count++] = made;
    }
}

/* To UTF-8; beyond Latin-1 only what a UTF-8 file has. */
static void add_response(const char *path)
{
    size_t length, at = 0, step = 1;
    unsigned char *bytes = (unsigned char *)slurp(path, &length);
    if (!bytes) { fprintf(stderr, "cl : Command line error D8022 : cannot open '%s'\r\n", path); exit(2); }
    if (length > 2 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF) { add_words((char *)bytes + 3); return; }
    if (length > 1 && bytes[0] == 0xFF && bytes[1] == 0xFE) { at = 2; step = 2; }
    char *text = malloc(2 * length + 1), *end = text;
    for (; at < length; at += step)
        if (bytes[at] < 0x80) *end++ = (char)bytes[at];
        else { *end++ = (char)(0xC0 | bytes[at] >> 6); *end++ = (char)(0x80 | (bytes[at] & 0x3F)); }
    *end = 0;
    add_words(text);
}

static void add(char *word)
{
    if (word[0] == '@') add_response(word + 1); else words[count++] = word;
}

static void add_variable(const char *name)
{
    int first = count;
    if (getenv(name)) add_words(strdup(getenv(name)));
    /* Batch files cannot set an equals sign. */
    for (; first < count; first++) if (strchr(words[first], '#')) *strchr(words[first], '#') = '=';
    unsetenv(name);
}

static int is(const char *word, const char *name) { return (word[0] == '/' || word[0] == '-') && strcmp(word + 1, name) == 0; }

static int starts(const char *word, const char *name) { return (word[0] == '/' || word[0] == '-') && strncmp(word + 1, name, strlen(name)) == 0; }

static void quote(FILE *to, const char *path)
{
    char full[PATH_MAX];
    fputc('"', to);
    for (const char *c = realpath(path, full) ? full : path; *c; c++) { if (*c == '\\' || *c == '"') fputc('\\', to); fputc(*c, to); }
    fputc('"', to);
}

/* clang's make rules, whose files are separated by blanks and line ends with a backslash, to JSON. A backslash stands before a blank in a name. */
static void list(const char *rules, const char *file, const char *source)
{
    size_t length;
    char *text = slurp(rules, &length);
    FILE *to = fopen(file, "wb");
    if (!text || !to) exit(2);
    fprintf(to, "{\n    \"Version\": \"1.2\",\n    \"Data\": {\n        \"Source\": ");
    quote(to, source);
    fprintf(to, ",\n        \"ProvidedModule\": \"\",\n        \"Includes\": [");
    int first = 1, is_source = 1;
    for (char *c = text; (c = strstr(c, "\\ "));) { memmove(c, c + 1, strlen(c)); *c = 1; }
    for (char *word = strtok(strstr(text, ": ") + 2, " \r\n"); word; word = strtok(NULL, " \r\n")) {
        if (strcmp(word, "\\") == 0) continue;
        if (is_source) { is_source = 0; continue; }
        for (char *c = word; *c; c++) if (*c == 1) *c = ' ';
        fprintf(to, "%s\n            ", first ? "" : ",");
        quote(to, word);
        first = 0;
    }
    fprintf(to, "\n        ],\n        \"ImportedModules\": [],\n        \"ImportedHeaderUnits\": []\n    }\n}\n");
    fclose(to);
}

/* Runs clang-cl with its streams into two files. */
static int run(const char *out, const char *err)
{
    pid_t child = fork();
    if (child == 0) {
        int o = open(out, O_CREAT | O_WRONLY | O_TRUNC, 0600), e = open(err, O_CREAT | O_WRONLY | O_TRUNC, 0600);
        dup2(o, 1);
        dup2(e, 2);
        execvp(passed[0], passed);
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/* clang prints UTF-8, cl the code page; beyond Latin-1 nothing is tested. */
static size_t to_code_page(char *line, size_t size)
{
    size_t made = 0;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)line[i];
        line[made++] = (c == 0xC2 || c == 0xC3) && i + 1 < size ? (char)((c << 6) | (line[++i] & 0x3F)) : (char)c;
    }
    return made;
}

static void copy_notes(const char *path, const char *prefix, FILE *to)
{
    static const char clangs[] = "Note: including file:";
    size_t length;
    char *text = slurp(path, &length);
    for (char *line = text; line && *line;) {
        char *end = strchr(line, '\n');
        size_t size = end ? (size_t)(end - line) : strlen(line);
        size_t skip = strncmp(line, clangs, sizeof clangs - 1) == 0 ? sizeof clangs - 1 : 0;
        if (skip) put(to, prefix, strlen(prefix));
        put(to, line + skip, to_code_page(line + skip, size - skip));
        put(to, "\r\n", 2);
        line = end ? end + 1 : line + size;
    }
}

/* cl's line markers: #line 1 "a.cpp" */
static void copy_text(const char *path)
{
    size_t length;
    char *text = slurp(path, &length);
    for (char *line = text; *line;) {
        char *end = strchr(line, '\n'), *quote = strchr(line, '"');
        size_t size = end ? (size_t)(end - line) + 1 : strlen(line);
        if (line[0] == '#' && line[1] == ' ' && line[2] >= '0' && line[2] <= '9' && quote && (!end || quote < end)) {
            char *close = strchr(quote + 1, '"');
            fprintf(stdout, "#line%.*s\n", (int)(close + 1 - (line + 1)), line + 1);
        } else fwrite(line, 1, size, stdout);
        line += size;
    }
}

int main(int argc, char **argv)
{
    ssize_t size = readlink("/proc/self/exe", folder, sizeof folder - 1);
    folder[size < 0 ? 0 : size] = 0;
    *strrchr(folder, '/') = 0;

    char *back = part("c2.dll"), *version = strtok(back, "\n"), *clang = strtok(NULL, "\n");
    char *speech = part(language()), *banner = strtok(speech, "\n"), *prefix = strtok(NULL, "\n");

    add_variable("CL");
    for (int i = 1; i < argc; i++) add(argv[i]);
    add_variable("_CL_");

    int silent = 0, debug = 0, preprocesses = 0, is_c = 0;
    char *source = NULL, *object = NULL, *reads = NULL;
    passed[given++] = clang;
    for (int i = 0; i < count; i++) {
        char *word = words[i];
        if (is(word, "nologo")) { silent = 1; continue; }
        if (is(word, "sourceDependencies") && atof(version) >= 19.27) { reads = words[++i]; continue; }
        preprocesses |= is(word, "E") || is(word, "EP");
        is_c |= is(word, "TC");
        debug |= is(word, "Z7") || is(word, "Zi");
        if (starts(word, "Fo") && word[3]) object = word + (word[3] == ':' ? 4 : 3);
        else if (word[0] != '/' && word[0] != '-') source = word;
        passed[given++] = word;
        if ((is(word, "I") || is(word, "D") || is(word, "U") || is(word, "FI") || is(word, "external:I") || is(word, "Fo:")) && i + 1 < count) passed[given++] = words[++i];
    }

    if (!silent) {
        char line[512];
        snprintf(line, sizeof line, banner, version);
        put(stderr, line, strlen(line));
        put(stderr, "\r\nCopyright (C) Nobody in particular.\r\n\r\n", 41);
    }

    if (!source) { put(stdout, "usage: cl [ option... ] filename...\r\n", 37); return count > 0 ? 2 : 0; }

    const char *dot = strrchr(source, '.');
    is_c |= dot && strcmp(dot, ".c") == 0;
    for (char *word = strtok(part(is_c ? "c1.dll" : "c1xx.dll"), "\n"); word; word = strtok(NULL, "\n"))
        if (word[0] == '-' || word[0] == '/') passed[given++] = word;

    char temporary[] = "/tmp/cl-fixture-XXXXXX", out[64], err[64], rules[64], option[96], made[2 * PATH_MAX];
    if (!mkdtemp(temporary)) return 2;
    snprintf(out, sizeof out, "%s/out", temporary);
    snprintf(err, sizeof err, "%s/err", temporary);
    snprintf(rules, sizeof rules, "%s/rules", temporary);
    if (reads) {
        snprintf(option, sizeof option, "/clang:-MF%s", rules);
        passed[given++] = "/clang:-MD";
        passed[given++] = option;
    }

    /* It prints the name before it starts to work, and cl's switches are not all clang's. */
    const char *name = strrchr(source, '/') ? strrchr(source, '/') + 1 : source;
    put(preprocesses ? stderr : stdout, name, strlen(name));
    put(preprocesses ? stderr : stdout, "\r\n", 2);
    passed[given++] = "-Wno-unused-command-line-argument";
    passed[given++] = "/clang:-gno-codeview-command-line";
    int code = run(out, err);
    if (preprocesses) {
        copy_text(out);
        copy_notes(err, prefix, stderr);
    } else {
        copy_notes(out, prefix, stdout);
        copy_notes(err, prefix, stdout);
        if (code == 0) {
            char full[PATH_MAX], stem[PATH_MAX];
            snprintf(stem, sizeof stem, "%.*s.obj", (int)(dot ? dot - name : (long)strlen(name)), name);
            if (!object) snprintf(made, sizeof made, "%s", stem);
            else if (object[strlen(object) - 1] == '/') snprintf(made, sizeof made, "%s%s", object, stem);
            else snprintf(made, sizeof made, "%s%s", object, strchr(strrchr(object, '/') ? strrchr(object, '/') : object, '.') ? "" : ".obj");
            FILE *to = fopen(made, "ab");
            if (to) {
                fprintf(to, "\nobject %s", realpath(made, full) ? full : made);
                fprintf(to, "\nsource %s\n", realpath(source, full) ? full : source);
                if (debug) {
                    fprintf(to, "build");
                    for (int i = 0; i < count; i++) fprintf(to, " %s", words[i]);
                    fprintf(to, "\n");
                }
                fclose(to);
            }
        }
    }

    if (reads && code == 0) list(rules, reads, source);
    unlink(out);
    unlink(err);
    unlink(rules);
    rmdir(temporary);
    return code == 0 ? 0 : 2;
}
