#include "pch.h"

#include "script/syntax.h"

namespace script {
namespace {

int precedence(const Expression& expression)
{
    if (std::holds_alternative<Choice>(expression.node)) {
        return 0;
    }
    if (std::holds_alternative<Negation>(expression.node)) {
        return 4;
    }
    if (const auto* binary = std::get_if<Binary>(&expression.node)) {
        switch (binary->operation) {
        case '+':
        case '-':
            return 2;
        case '*':
        case '/':
        case '%':
            return 3;
        case '^':
            return 5;
        default:
            return 1;
        }
    }
    return 6;
}

class Printer {
public:
    std::string take() { return out_.str(); }

    void print(const ExpressionPointer& expression, int weakest)
    {
        const bool enclosed = precedence(*expression) < weakest;
        out_ << (enclosed ? "(" : "");
        std::visit([this](const auto& node) { put(node); }, expression->node);
        out_ << (enclosed ? ")" : "");
    }

private:
    void put(const Number& number) { out_ << number.value; }

    void put(const Name& name) { out_ << name.name; }

    void put(const Negation& negation)
    {
        out_ << '-';
        print(negation.operand, 4);
    }

    void put(const Binary& binary)
    {
        static const std::map<char, std::string_view> Spelling{
            {'+', " + "}, {'-', " - "}, {'*', "*"}, {'/', "/"}, {'%', "%"}, {'^', "^"}, {'<', " < "}, {'>', " > "}, {'=', " == "}, {'!', " != "},
        };
        const int own = precedence(Expression{binary});
        const bool rightFirst = binary.operation == '^';
        print(binary.left, own + (rightFirst ? 1 : 0));
        out_ << Spelling.at(binary.operation);
        print(binary.right, own + (rightFirst ? 0 : 1));
    }

    void put(const Call& call)
    {
        out_ << call.function << '(';
        for (std::size_t i = 0; i < call.arguments.size(); ++i) {
            out_ << (i > 0 ? ", " : "");
            print(call.arguments[i], 0);
        }
        out_ << ')';
    }

    void put(const Choice& choice)
    {
        print(choice.condition, 1);
        out_ << " ? ";
        print(choice.yes, 0);
        out_ << " : ";
        print(choice.no, 0);
    }

    std::ostringstream out_;
};

}

std::string toString(const ExpressionPointer& expression)
{
    Printer printer;
    printer.print(expression, 0);
    return printer.take();
}

}
