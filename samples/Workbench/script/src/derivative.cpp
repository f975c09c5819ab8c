#include "pch.h"

#include "script/lexer.h"
#include "script/syntax.h"

namespace script {
namespace {

using Rule = std::function<ExpressionPointer(const ExpressionPointer&)>;

ExpressionPointer call(const char* function, const ExpressionPointer& argument)
{
    return make(Call{function, {argument}});
}

ExpressionPointer number(double value)
{
    return make(Number{value});
}

/// The derivatives of functions of one argument.
const std::map<std::string, Rule>& rules()
{
    static const std::map<std::string, Rule> Known{
        {"sin", [](const auto& u) { return call("cos", u); }},
        {"cos", [](const auto& u) { return make(Negation{call("sin", u)}); }},
        {"exp", [](const auto& u) { return call("exp", u); }},
        {"ln", [](const auto& u) { return make(Binary{'/', number(1), u}); }},
        {"sqrt", [](const auto& u) { return make(Binary{'/', number(1), make(Binary{'*', number(2), call("sqrt", u)})}); }},
    };
    return Known;
}

struct Differentiator {
    const std::string& variable;

    ExpressionPointer operator()(const Number&) const { return number(0); }

    ExpressionPointer operator()(const Name& name) const { return number(name.name == variable ? 1 : 0); }

    ExpressionPointer operator()(const Negation& negation) const { return make(Negation{of(negation.operand)}); }

    ExpressionPointer operator()(const Binary& node) const
    {
        const ExpressionPointer& u = node.left;
        const ExpressionPointer& v = node.right;
        switch (node.operation) {
        case '+':
        case '-':
            return make(Binary{node.operation, of(u), of(v)});
        case '*':
            return make(Binary{'+', make(Binary{'*', of(u), v}), make(Binary{'*', u, of(v)})});
        case '/': {
            const ExpressionPointer above = make(Binary{'-', make(Binary{'*', of(u), v}), make(Binary{'*', u, of(v)})});
            return make(Binary{'/', above, make(Binary{'^', v, number(2)})});
        }
        case '^':
            return power(u, v);
        default:
            throw ScriptError(std::string("no derivative of '") + node.operation + "'");
        }
    }

    ExpressionPointer operator()(const Call& node) const
    {
        const auto rule = rules().find(node.function);
        if (rule == rules().end() || node.arguments.size() != 1) {
            throw ScriptError("no derivative of '" + node.function + "' is known");
        }
        return make(Binary{'*', rule->second(node.arguments[0]), of(node.arguments[0])});
    }

    ExpressionPointer operator()(const Choice& choice) const { return make(Choice{choice.condition, of(choice.yes), of(choice.no)}); }

    ExpressionPointer of(const ExpressionPointer& expression) const { return std::visit(*this, expression->node); }

private:
    ExpressionPointer power(const ExpressionPointer& base, const ExpressionPointer& exponent) const
    {
        if (const auto* constant = std::get_if<Number>(&exponent->node)) {
            const ExpressionPointer lower = make(Binary{'^', base, number(constant->value - 1)});
            return make(Binary{'*', make(Binary{'*', exponent, lower}), of(base)});
        }
        // u^v = exp(v ln u)
        const ExpressionPointer logarithm = make(Binary{'*', exponent, call("ln", base)});
        return make(Binary{'*', make(Binary{'^', base, exponent}), of(logarithm)});
    }
};

}

ExpressionPointer differentiate(const ExpressionPointer& expression, const std::string& variable)
{
    return simplify(Differentiator{variable}.of(expression));
}

}
