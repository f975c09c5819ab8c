// clang-cl.exe for wine: runs the clang-cl of the Linux below, and translates paths both ways, so that what reads and starts it sees a compiler of Windows.
// ntdll's __wine_unix_spawnvp and kernel32's wine_get_unix_file_name are wine's own.
#include <windows.h>
#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

typedef int(__cdecl *spawn_function)(char *const argv[], int wait);
typedef char *(__cdecl *unix_name_function)(const WCHAR *path);

static unix_name_function unix_name;

static char *utf8(const WCHAR *text)
{
    int length = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
    char *result = malloc(length);
    WideCharToMultiByte(CP_UTF8, 0, text, -1, result, length, NULL, NULL);
    return result;
}

// Where a path begins in an argument: behind the option that it is joined to.
static size_t path_start(const WCHAR *argument)
{
    static const WCHAR *const joined[] = {L"/clang:-MF", L"/clang:-MT", L"-resource-dir=", L"/Fo", L"/Fd", L"/FI", L"/Fp", L"/Fi", L"/I", L"-I", L"@"};
    for (size_t i = 0; i < sizeof joined / sizeof *joined; i++)
    {
        size_t length = wcslen(joined[i]);
        if (wcsncmp(argument, joined[i], length) == 0 && argument[length] != 0)
        {
            return length;
        }
    }

    return 0;
}

static char *to_unix(const WCHAR *argument)
{
    size_t start = path_start(argument);
    const WCHAR *path = argument + start;
    if (start == 0 && (*path == L'/' || *path == L'-'))
    {
        return utf8(argument);
    }

    if (_wcsicmp(argument, L"NUL") == 0)
    {
        return "/dev/null";
    }

    char *name = NULL;
    if (iswalpha(path[0]) && path[1] == L':')
    {
        name = unix_name(path);
        if (name == NULL)
        {
            // Not there yet: its folder is.
            WCHAR *folder = _wcsdup(path), *last = wcsrchr(folder, L'\\');
            if (last != NULL && last > folder + 2)
            {
                *last = 0;
                char *parent = unix_name(folder), *file = utf8(last + 1);
                name = malloc(strlen(parent) + strlen(file) + 2);
                sprintf(name, "%s/%s", parent, file);
            }
        }
    }

    if (name == NULL)
    {
        name = utf8(path);
        for (char *c = name; *c != 0; c++)
        {
            *c = *c == '\\' ? '/' : *c;
        }
    }

    WCHAR *option = _wcsdup(argument);
    option[start] = 0;
    char *prefix = utf8(option), *result = malloc(strlen(prefix) + strlen(name) + 1);
    sprintf(result, "%s%s", prefix, name);
    return result;
}

enum kind
{
    answers,
    preprocessed_text,
    dependencies_of_a_file
};

// Writes a path of Linux as one of Windows up to what cannot be in it, and returns where it ends.
static const char *write_path(FILE *to, const char *path, const char *ends, const char *separator)
{
    fputs(*path == '/' ? "Z:" : "", to);
    for (; *path != 0 && strchr(ends, *path) == NULL; path++)
    {
        *path == '/' ? fputs(separator, to) : fputc(*path, to);
    }

    return path;
}

static void write_line(FILE *to, const char *line, enum kind kind)
{
    const char *path = line + strspn(line, " "), *quote = strchr(line, '"');
    if (kind == preprocessed_text)
    {
        // # 12 "path" 1
        path = line[0] == '#' && line[1] == ' ' && quote != NULL && quote[1] != '<' ? quote + 1 : NULL;
    }
    else if (strncmp(line, "InstalledDir: /", 15) == 0)
    {
        path = line + 14;
    }
    else if (kind == answers && (path[0] != '/' || path[1] == '/' || path[1] == '*'))
    {
        // Neither a message, nor one path alone, nor a folder of -v's list.
        path = NULL;
    }

    if (path != NULL)
    {
        fwrite(line, 1, path - line, to);
        line = path;
    }

    while (path != NULL && *line != 0)
    {
        line = kind == preprocessed_text ? write_path(to, line, "\"", "\\\\") : write_path(to, line, kind == answers ? "(\n" : " \n", "\\");
        size_t blanks = kind == dependencies_of_a_file ? strspn(line, " \n") : strlen(line);
        fwrite(line, 1, blanks, to);
        line += blanks;
    }

    fputs(line, to);
}

static void translate(const WCHAR *file, FILE *to, enum kind kind)
{
    FILE *from = _wfopen(file, L"rb");
    if (from == NULL)
    {
        return;
    }

    size_t length = 0, capacity = 1 << 16;
    char *line = malloc(capacity);
    for (int c = fgetc(from);; c = fgetc(from))
    {
        if (length + 2 > capacity)
        {
            line = realloc(line, capacity *= 2);
        }

        if (c != EOF)
        {
            line[length++] = (char)c;
        }

        if (c == '\n' || (c == EOF && length > 0))
        {
            line[length] = 0;
            write_line(to, line, kind);
            length = 0;
        }

        if (c == EOF)
        {
            break;
        }
    }

    fclose(from);
}

int wmain(int count, WCHAR **arguments)
{
    spawn_function spawn = (spawn_function)(void *)GetProcAddress(GetModuleHandleW(L"ntdll"), "__wine_unix_spawnvp");
    unix_name = (unix_name_function)(void *)GetProcAddress(GetModuleHandleW(L"kernel32"), "wine_get_unix_file_name");
    WCHAR folder[MAX_PATH], output[MAX_PATH], errors[MAX_PATH], *dependencies = NULL;
    if (spawn == NULL || unix_name == NULL || GetTempPathW(MAX_PATH, folder) == 0 || GetTempFileNameW(folder, L"out", 0, output) == 0 || GetTempFileNameW(folder, L"err", 0, errors) == 0)
    {
        fputs("clang-cl: this is no wine, or it has no temporary folder\n", stderr);
        return 3;
    }

    char **command = calloc(count + 8, sizeof *command);
    int at = 0, is_text = 0;
    command[at++] = "/bin/sh";
    command[at++] = "-c";
    command[at++] = "out=$1 err=$2; shift 2; exec \"$@\" >\"$out\" 2>\"$err\" </dev/null";
    command[at++] = "sh";
    command[at++] = unix_name(output);
    command[at++] = unix_name(errors);
    command[at++] = COMPILER;
    for (int i = 1; i < count; i++)
    {
        if (wcsncmp(arguments[i], L"/clang:-MF", 10) == 0)
        {
            dependencies = arguments[i] + 10;
        }

        is_text |= wcscmp(arguments[i], L"/E") == 0 || wcscmp(arguments[i], L"/EP") == 0;
        command[at++] = to_unix(arguments[i]);
    }

    // wine's 32-bit and Linux' 64-bit view of a child's end agree: the exit code, or what waitpid says of a signal.
    int status = spawn(command, 1);
    _setmode(1, _O_BINARY);
    _setmode(2, _O_BINARY);
    translate(output, stdout, is_text ? preprocessed_text : answers);
    translate(errors, stderr, answers);
    fflush(stdout);
    if (dependencies != NULL)
    {
        WCHAR translated[MAX_PATH];
        FILE *to;
        if (GetTempFileNameW(folder, L"dep", 0, translated) != 0 && (to = _wfopen(translated, L"wb")) != NULL)
        {
            translate(dependencies, to, dependencies_of_a_file);
            fclose(to);
            CopyFileW(translated, dependencies, FALSE);
            DeleteFileW(translated);
        }
    }

    DeleteFileW(output);
    DeleteFileW(errors);
    return status;
}
