#pragma once
#include "imconfig.h"
namespace ImGui { int Frames(); void NewFrame(); const char *GetVersion(); }
