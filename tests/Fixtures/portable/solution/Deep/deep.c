__declspec(dllexport) int deep(void) { return 40; }
