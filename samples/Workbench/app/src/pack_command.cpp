#include "commands.h"

#include <ostream>

#include "archive/container.h"
#include "text/table.h"

namespace app {

void packCommand(const Arguments& arguments, std::ostream& out)
{
    text::Table table({"file", "bytes", "packed"});
    table.align(1, text::Align::Right);
    table.align(2, text::Align::Right);
    for (const std::string& path : arguments) {
        const std::string content = readFile(path);
        const archive::Bytes bytes(content.begin(), content.end());
        table.add({path, std::to_string(bytes.size()), std::to_string(archive::writeArchive({{path, bytes}}).size())});
    }
    out << table.toString();
}

}
