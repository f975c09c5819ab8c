#include <exception>
#include <iostream>

#include "commands.h"
#include "text/distance.h"

namespace {

int help()
{
    std::cout << "Usage: workbench COMMAND\n";
    for (const auto& [name, command] : app::commands()) {
        std::cout << "  " << command.usage << '\n';
    }
    return 0;
}

int unknown(const std::string& name)
{
    std::vector<std::string> names;
    for (const auto& entry : app::commands()) {
        names.push_back(entry.first);
    }
    std::cerr << "workbench: no command '" << name << "'";
    if (const auto meant = text::didYouMean(name, names)) {
        std::cerr << "; did you mean '" << *meant << "'?";
    }
    std::cerr << '\n';
    return 2;
}

}

int main(int argc, char** argv)
{
    const app::Arguments all(argv + 1, argv + argc);
    if (all.empty()) {
        return help();
    }
    const auto command = app::commands().find(all.front());
    if (command == app::commands().end()) {
        return unknown(all.front());
    }
    try {
        command->second.run(app::Arguments(all.begin() + 1, all.end()), std::cout);
        return 0;
    } catch (const std::exception& e) {
        std::cerr << "workbench: " << e.what() << '\n';
        return 1;
    }
}
