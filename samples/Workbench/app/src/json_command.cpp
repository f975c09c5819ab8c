#include "commands.h"

#include <ostream>

#include "text/json.h"

namespace app {

void jsonCommand(const Arguments& arguments, std::ostream& out)
{
    if (arguments.empty() || arguments.size() > 2) {
        throw UsageError("a file, and perhaps a path into it, are needed");
    }
    const text::JsonValue document = text::readJson(readFile(arguments[0]));
    out << text::writeJson(arguments.size() == 1 ? document : document.at(arguments[1]), 2) << '\n';
}

}
