#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace script {

struct Expression;
using ExpressionPointer = std::shared_ptr<const Expression>;

struct Number {
    double value;
};

struct Name {
    std::string name;
};

struct Negation {
    ExpressionPointer operand;
};

/// Operators are + - * / % ^ and the comparisons < > = (equal) and ! (not equal).
struct Binary {
    char operation;
    ExpressionPointer left;
    ExpressionPointer right;
};

struct Call {
    std::string function;
    std::vector<ExpressionPointer> arguments;
};

struct Choice {
    ExpressionPointer condition;
    ExpressionPointer yes;
    ExpressionPointer no;
};

struct Expression {
    std::variant<Number, Name, Negation, Binary, Call, Choice> node;
};

template <class Node>
ExpressionPointer make(Node node)
{
    return std::make_shared<const Expression>(Expression{std::move(node)});
}

/// `let name = value` or `let name(parameters) = value`; without a name, an expression to evaluate.
struct Statement {
    std::string name;
    bool isFunction = false;
    std::vector<std::string> parameters;
    ExpressionPointer value;
};

/// The text of an expression, with no more parentheses than it needs.
std::string toString(const ExpressionPointer& expression);

/// Folds constants and removes neutral operands.
ExpressionPointer simplify(const ExpressionPointer& expression);

/// The derivative with respect to a variable. Throws ScriptError where a function has none that is known.
ExpressionPointer differentiate(const ExpressionPointer& expression, const std::string& variable);

}
