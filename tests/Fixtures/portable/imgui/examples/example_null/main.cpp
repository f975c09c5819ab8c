#include "imgui.h"
#include <stdio.h>
int main(int, char **)
{
    for (int n = 0; n < 20; n++) { ImGui::NewFrame(); }
    printf("imgui %s: %d frames\n", ImGui::GetVersion(), ImGui::Frames());
    return 0;
}
