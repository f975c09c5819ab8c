#include "gtest/gtest.h"

#include <string>
#include <utility>

#include "script/interpreter.h"
#include "script/lexer.h"
#include "script/parser.h"

namespace {

using script::Interpreter;
using script::ScriptError;

class Value : public testing::TestWithParam<std::pair<const char*, double>> {};

TEST_P(Value, IsWhatArithmeticSays)
{
    Interpreter interpreter;
    EXPECT_DOUBLE_EQ(interpreter.run(GetParam().first).value(), GetParam().second) << GetParam().first;
}

INSTANTIATE_TEST_SUITE_P(Expressions, Value,
                         testing::Values(std::pair("1 + 2 * 3", 7.0), std::pair("2 ^ 3 ^ 2", 512.0), std::pair("-2 ^ 2", -4.0), std::pair("7 % 4 - 1", 2.0),
                                         std::pair("(1 + 2) * 3 # comment", 9.0), std::pair("1 < 2 ? 10 : 20", 10.0), std::pair("3 <= 2", 0.0),
                                         std::pair("max(hypot(3, 4), 2)", 5.0), std::pair("gcd(84, 36)", 12.0), std::pair(".5e1", 5.0)));

TEST(Interpreter, RemembersDefinitions)
{
    Interpreter interpreter;
    EXPECT_FALSE(interpreter.run("let f(n) = n < 2 ? 1 : n * f(n - 1)"));
    EXPECT_FALSE(interpreter.run("let x = f(5)"));
    EXPECT_EQ(interpreter.run("x / 10"), 12);
}

TEST(Interpreter, EndsWhatDoesNotEnd)
{
    Interpreter interpreter;
    interpreter.run("let f(n) = f(n + 1)");
    EXPECT_THROW(interpreter.run("f(0)"), ScriptError);
}

class Wrong : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(Wrong, SaysWhatAndWhere)
{
    Interpreter interpreter;
    try {
        interpreter.run(GetParam().first);
        FAIL() << "no error";
    } catch (const ScriptError& e) {
        EXPECT_NE(std::string(e.what()).find(GetParam().second), std::string::npos) << e.what();
    }
}

INSTANTIATE_TEST_SUITE_P(Scripts, Wrong, testing::Values(std::pair("1 +", "column 4"), std::pair("2 $ 3", "column 3"), std::pair("(1", "')'"),
                                                        std::pair("1 / 0", "division by zero"), std::pair("nothing", "no variable"),
                                                        std::pair("sin(1, 2)", "takes 1"), std::pair("let sin(x) = x", "redefined")));

class Derivative : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(Derivative, IsTheTextbooks)
{
    EXPECT_EQ(script::toString(script::differentiate(script::parseExpression(GetParam().first), "x")), GetParam().second);
}

INSTANTIATE_TEST_SUITE_P(Rules, Derivative, testing::Values(std::pair("x^3", "3*x^2"), std::pair("sin(2*x)", "cos(2*x)*2"), std::pair("y", "0"),
                                                           std::pair("x*ln(x)", "ln(x) + x*(1/x)"), std::pair("5*x - 3", "5")));

TEST(Printer, KeepsTheMeaning)
{
    for (const char* text : {"(a + b)*c", "a - (b - c)", "a^b^c", "(a^b)^c", "-(a + b)", "f(a, b ? c : d)"}) {
        EXPECT_EQ(script::toString(script::parseExpression(text)), text);
    }
}

}
