// hold.exe RELEASE FILE…: opens files as a virus scanner may, so that nobody else can read, replace or remove them, prints a line, and ends
// when RELEASE exists, or after 20 minutes.
#include <windows.h>
#include <stdio.h>

int wmain(int count, WCHAR **arguments)
{
    for (int i = 2; i < count; i++)
    {
        if (CreateFileW(arguments[i], GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL) == INVALID_HANDLE_VALUE)
        {
            fprintf(stderr, "hold: cannot open %ls alone (%lu)\n", arguments[i], GetLastError());
            return 1;
        }
    }

    puts("held");
    fflush(stdout);
    for (int tenths = 0; tenths < 12000 && GetFileAttributesW(arguments[1]) == INVALID_FILE_ATTRIBUTES; tenths++)
    {
        Sleep(100);
    }

    return 0;
}
