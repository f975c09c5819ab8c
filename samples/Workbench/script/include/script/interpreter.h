#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "script/syntax.h"

namespace script {

using Native = std::function<double(const std::vector<double>&)>;

struct NativeFunction {
    std::size_t arguments;
    Native body;
};

/// The functions every script knows.
const std::map<std::string, NativeFunction>& nativeFunctions();

/// Runs statements one after the other and remembers what they define.
class Interpreter {
public:
    Interpreter();

    /// The value of an expression, or nothing for a definition. Throws ScriptError.
    std::optional<double> run(std::string_view line);

    double evaluate(const ExpressionPointer& expression);

    std::vector<std::string> names() const;

private:
    struct Function {
        std::vector<std::string> parameters;
        ExpressionPointer body;
    };

    using Frame = std::map<std::string, double>;

    double evaluate(const ExpressionPointer& expression, const Frame& frame, int depth);
    double call(const Call& call, const Frame& frame, int depth);
    double lookUp(const std::string& name, const Frame& frame) const;

    Frame variables_;
    std::map<std::string, Function> functions_;
};

}
