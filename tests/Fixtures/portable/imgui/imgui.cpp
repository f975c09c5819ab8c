#include "imgui.h"
static int frames;
namespace ImGui { int Frames() { return frames; } void NewFrame() { ++frames; } const char *GetVersion() { return "null"; } }
