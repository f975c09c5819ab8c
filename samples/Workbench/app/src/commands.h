#pragma once

#include <functional>
#include <iosfwd>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace app {

using Arguments = std::vector<std::string>;

struct Command {
    std::string usage;
    std::function<void(const Arguments&, std::ostream&)> run;
};

/// What the user asked for cannot be done; the message says why.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

const std::map<std::string, Command>& commands();

void checksumCommand(const Arguments& arguments, std::ostream& out);
void calculateCommand(const Arguments& arguments, std::ostream& out);
void deriveCommand(const Arguments& arguments, std::ostream& out);
void jsonCommand(const Arguments& arguments, std::ostream& out);
void packCommand(const Arguments& arguments, std::ostream& out);
void factorCommand(const Arguments& arguments, std::ostream& out);
void tourCommand(const Arguments& arguments, std::ostream& out);

std::string readFile(const std::string& path);

}
