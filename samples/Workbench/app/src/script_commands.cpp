#include "commands.h"

#include <ostream>

#include "numeric/primes.h"
#include "script/interpreter.h"
#include "script/parser.h"

namespace app {

void calculateCommand(const Arguments& arguments, std::ostream& out)
{
    script::Interpreter interpreter;
    for (const std::string& line : arguments) {
        if (const auto value = interpreter.run(line)) {
            out << *value << '\n';
        }
    }
}

void deriveCommand(const Arguments& arguments, std::ostream& out)
{
    if (arguments.size() != 2) {
        throw UsageError("an expression and a variable are needed");
    }
    out << script::toString(script::differentiate(script::parseExpression(arguments[0]), arguments[1])) << '\n';
}

void factorCommand(const Arguments& arguments, std::ostream& out)
{
    for (const std::string& argument : arguments) {
        out << argument << " =";
        const char* separator = " ";
        for (const auto& [prime, exponent] : numeric::factorize(std::stoull(argument))) {
            out << separator << prime;
            if (exponent > 1) {
                out << '^' << exponent;
            }
            separator = " * ";
        }
        out << '\n';
    }
}

}
