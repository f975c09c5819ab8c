#include "pch.h"

#include "script/interpreter.h"

#include "script/lexer.h"
#include "script/parser.h"

#include "operators.h"

namespace script {
namespace {

// Recursion in scripts ends here rather than on the stack.
constexpr int MaximumDepth = 1000;

}

Interpreter::Interpreter() : variables_{{"pi", std::acos(-1.0)}, {"e", std::exp(1.0)}} {}

std::optional<double> Interpreter::run(std::string_view line)
{
    const Statement statement = parse(line);
    if (statement.name.empty()) {
        return evaluate(statement.value);
    }
    if (nativeFunctions().count(statement.name) != 0) {
        throw ScriptError("'" + statement.name + "' cannot be redefined");
    }
    if (statement.isFunction) {
        functions_[statement.name] = {statement.parameters, simplify(statement.value)};
    } else {
        variables_[statement.name] = evaluate(statement.value);
    }
    return std::nullopt;
}

double Interpreter::evaluate(const ExpressionPointer& expression)
{
    return evaluate(expression, {}, 0);
}

std::vector<std::string> Interpreter::names() const
{
    std::vector<std::string> all;
    const auto add = [&all](const auto& entry) { all.push_back(entry.first); };
    std::for_each(variables_.begin(), variables_.end(), add);
    std::for_each(functions_.begin(), functions_.end(), add);
    std::for_each(nativeFunctions().begin(), nativeFunctions().end(), add);
    return all;
}

double Interpreter::evaluate(const ExpressionPointer& expression, const Frame& frame, int depth)
{
    struct Visitor {
        Interpreter& self;
        const Frame& frame;
        int depth;

        double operator()(const Number& number) const { return number.value; }
        double operator()(const Name& name) const { return self.lookUp(name.name, frame); }
        double operator()(const Negation& negation) const { return -value(negation.operand); }
        double operator()(const Binary& binary) const
        {
            const double left = value(binary.left);
            return apply(binary.operation, left, value(binary.right));
        }
        double operator()(const Call& call) const { return self.call(call, frame, depth); }
        double operator()(const Choice& choice) const { return value(choice.condition) != 0 ? value(choice.yes) : value(choice.no); }

        double value(const ExpressionPointer& operand) const { return self.evaluate(operand, frame, depth); }
    };
    return std::visit(Visitor{*this, frame, depth}, expression->node);
}

double Interpreter::call(const Call& call, const Frame& frame, int depth)
{
    if (depth > MaximumDepth) {
        throw ScriptError("'" + call.function + "' calls itself without end");
    }
    std::vector<double> arguments;
    for (const ExpressionPointer& argument : call.arguments) {
        arguments.push_back(evaluate(argument, frame, depth));
    }

    const auto check = [&](std::size_t wanted) {
        if (arguments.size() != wanted) {
            throw ScriptError("'" + call.function + "' takes " + std::to_string(wanted) + " arguments");
        }
    };
    if (const auto native = nativeFunctions().find(call.function); native != nativeFunctions().end()) {
        check(native->second.arguments);
        return native->second.body(arguments);
    }
    const auto defined = functions_.find(call.function);
    if (defined == functions_.end()) {
        throw ScriptError("no function '" + call.function + "'");
    }
    check(defined->second.parameters.size());
    Frame inner;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        inner[defined->second.parameters[i]] = arguments[i];
    }
    return evaluate(defined->second.body, inner, depth + 1);
}

double Interpreter::lookUp(const std::string& name, const Frame& frame) const
{
    if (const auto own = frame.find(name); own != frame.end()) {
        return own->second;
    }
    if (const auto global = variables_.find(name); global != variables_.end()) {
        return global->second;
    }
    throw ScriptError("no variable '" + name + "'");
}

}
