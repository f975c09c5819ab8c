#include "commands.h"

#include <fstream>
#include <iterator>

namespace app {

const std::map<std::string, Command>& commands()
{
    static const std::map<std::string, Command> Known{
        {"calculate", {"calculate LINE...: runs the lines of a script", calculateCommand}},
        {"checksum", {"checksum FILE...: CRC-32, SHA-1 and SHA-256 of files", checksumCommand}},
        {"derive", {"derive EXPRESSION VARIABLE: the derivative", deriveCommand}},
        {"factor", {"factor NUMBER...: prime factors", factorCommand}},
        {"json", {"json FILE [PATH]: formats a document, or a value in it", jsonCommand}},
        {"pack", {"pack FILE...: how small the archive of the files would be", packCommand}},
        {"tour", {"tour: a little of everything", tourCommand}},
    };
    return Known;
}

std::string readFile(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        throw UsageError("cannot open " + path);
    }
    return std::string(std::istreambuf_iterator<char>(in), {});
}

}
