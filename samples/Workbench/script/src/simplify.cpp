#include "pch.h"

#include "script/syntax.h"

#include "operators.h"

namespace script {
namespace {

std::optional<double> constant(const ExpressionPointer& expression)
{
    const auto* number = std::get_if<Number>(&expression->node);
    return number == nullptr ? std::nullopt : std::make_optional(number->value);
}

ExpressionPointer binary(char operation, const ExpressionPointer& left, const ExpressionPointer& right)
{
    const std::optional<double> a = constant(left);
    const std::optional<double> b = constant(right);
    const bool divides = operation == '/' || operation == '%';
    if (a && b && !(divides && *b == 0)) {
        return make(Number{apply(operation, *a, *b)});
    }
    switch (operation) {
    case '+':
        if (a == 0.0 || b == 0.0) {
            return a ? right : left;
        }
        break;
    case '-':
        if (b == 0.0) {
            return left;
        }
        if (a == 0.0) {
            return simplify(make(Negation{right}));
        }
        break;
    case '*':
        if (a == 0.0 || b == 0.0) {
            return make(Number{0});
        }
        if (a == 1.0 || b == 1.0) {
            return a == 1.0 ? right : left;
        }
        break;
    case '/':
        if (b == 1.0) {
            return left;
        }
        if (a == 0.0 && b != 0.0) {
            return make(Number{0});
        }
        break;
    case '^':
        if (b == 1.0 || a == 1.0) {
            return left;
        }
        if (b == 0.0) {
            return make(Number{1});
        }
        break;
    default:
        break;
    }
    return make(Binary{operation, left, right});
}

struct Simplifier {
    const ExpressionPointer& whole;

    ExpressionPointer operator()(const Number&) const { return whole; }

    ExpressionPointer operator()(const Name&) const { return whole; }

    ExpressionPointer operator()(const Negation& negation) const
    {
        const ExpressionPointer operand = simplify(negation.operand);
        if (const auto value = constant(operand)) {
            return make(Number{-*value});
        }
        if (const auto* twice = std::get_if<Negation>(&operand->node)) {
            return twice->operand;
        }
        return make(Negation{operand});
    }

    ExpressionPointer operator()(const Binary& node) const { return binary(node.operation, simplify(node.left), simplify(node.right)); }

    ExpressionPointer operator()(const Call& call) const
    {
        Call simpler{call.function, {}};
        std::transform(call.arguments.begin(), call.arguments.end(), std::back_inserter(simpler.arguments), simplify);
        return make(std::move(simpler));
    }

    ExpressionPointer operator()(const Choice& choice) const
    {
        const ExpressionPointer condition = simplify(choice.condition);
        if (const auto value = constant(condition)) {
            return simplify(*value != 0 ? choice.yes : choice.no);
        }
        return make(Choice{condition, simplify(choice.yes), simplify(choice.no)});
    }
};

}

ExpressionPointer simplify(const ExpressionPointer& expression)
{
    return std::visit(Simplifier{expression}, expression->node);
}

}
