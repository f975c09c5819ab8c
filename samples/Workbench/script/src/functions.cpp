#include "pch.h"

#include "script/interpreter.h"
#include "script/lexer.h"

#include "operators.h"

namespace script {
namespace {

double gcd(double a, double b)
{
    while (b != 0) {
        a = std::exchange(b, std::fmod(a, b));
    }
    return std::fabs(a);
}

double factorial(double n)
{
    if (n < 0 || std::floor(n) != n) {
        throw ScriptError("the factorial of what is no natural number");
    }
    return std::round(std::tgamma(n + 1));
}

NativeFunction one(double (*function)(double))
{
    return {1, [function](const std::vector<double>& arguments) { return function(arguments[0]); }};
}

NativeFunction two(double (*function)(double, double))
{
    return {2, [function](const std::vector<double>& arguments) { return function(arguments[0], arguments[1]); }};
}

}

double apply(char operation, double left, double right)
{
    switch (operation) {
    case '+':
        return left + right;
    case '-':
        return left - right;
    case '*':
        return left * right;
    case '/':
    case '%':
        if (right == 0) {
            throw ScriptError("division by zero");
        }
        return operation == '/' ? left / right : std::fmod(left, right);
    case '^':
        return std::pow(left, right);
    case '<':
        return left < right ? 1 : 0;
    case '>':
        return left > right ? 1 : 0;
    case '=':
        return left == right ? 1 : 0;
    default:
        return left != right ? 1 : 0;
    }
}

const std::map<std::string, NativeFunction>& nativeFunctions()
{
    static const std::map<std::string, NativeFunction> Known{
        {"abs", one(std::fabs)},
        {"ceil", one(std::ceil)},
        {"cos", one(std::cos)},
        {"exp", one(std::exp)},
        {"factorial", one(factorial)},
        {"floor", one(std::floor)},
        {"gcd", two(gcd)},
        {"hypot", two(std::hypot)},
        {"ln", one(std::log)},
        {"max", two(std::fmax)},
        {"min", two(std::fmin)},
        {"sin", one(std::sin)},
        {"sqrt", one(std::sqrt)},
    };
    return Known;
}

}
