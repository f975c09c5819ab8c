#include "pch.h"

#include "script/parser.h"

#include "script/lexer.h"

namespace script {
namespace {

class Parser {
public:
    explicit Parser(std::string_view text) : tokens_(tokenize(text)) {}

    Statement statement()
    {
        Statement read;
        if (peek().kind == TokenKind::Let) {
            ++at_;
            read.name = name();
            if (take("(")) {
                read.isFunction = true;
                do {
                    read.parameters.push_back(name());
                } while (take(","));
                expect(")");
            }
            expect("=");
        }
        read.value = whole();
        return read;
    }

    ExpressionPointer whole()
    {
        ExpressionPointer read = choice();
        if (peek().kind != TokenKind::End) {
            fail("the end");
        }
        return read;
    }

private:
    ExpressionPointer choice()
    {
        ExpressionPointer condition = comparison();
        if (!take("?")) {
            return condition;
        }
        ExpressionPointer yes = choice();
        expect(":");
        return make(Choice{std::move(condition), std::move(yes), choice()});
    }

    ExpressionPointer comparison()
    {
        ExpressionPointer left = sum();
        if (take("<")) {
            return make(Binary{'<', left, sum()});
        }
        if (take(">")) {
            return make(Binary{'>', left, sum()});
        }
        if (take("==")) {
            return make(Binary{'=', left, sum()});
        }
        if (take("!=")) {
            return make(Binary{'!', left, sum()});
        }
        // a <= b is not (a > b), except for what is no number; this language has no such values.
        if (take("<=")) {
            return make(Binary{'-', make(Number{1}), make(Binary{'>', left, sum()})});
        }
        if (take(">=")) {
            return make(Binary{'-', make(Number{1}), make(Binary{'<', left, sum()})});
        }
        return left;
    }

    ExpressionPointer sum()
    {
        return leftToRight("+-", [this] { return product(); });
    }

    ExpressionPointer product()
    {
        return leftToRight("*/%", [this] { return unary(); });
    }

    ExpressionPointer leftToRight(std::string_view operators, const std::function<ExpressionPointer()>& operand)
    {
        ExpressionPointer left = operand();
        while (peek().kind == TokenKind::Symbol && peek().text.size() == 1 && operators.find(peek().text[0]) != std::string_view::npos) {
            const char operation = tokens_[at_++].text[0];
            left = make(Binary{operation, left, operand()});
        }
        return left;
    }

    ExpressionPointer unary()
    {
        if (take("-")) {
            return make(Negation{unary()});
        }
        ExpressionPointer base = primary();
        return take("^") ? make(Binary{'^', base, unary()}) : base;
    }

    ExpressionPointer primary()
    {
        const Token token = peek();
        if (token.kind == TokenKind::Number) {
            ++at_;
            return make(Number{token.number});
        }
        if (take("(")) {
            ExpressionPointer inner = choice();
            expect(")");
            return inner;
        }
        if (token.kind != TokenKind::Name) {
            fail("a number, a name or '('");
        }
        ++at_;
        if (!take("(")) {
            return make(Name{token.text});
        }
        Call call{token.text, {}};
        if (!take(")")) {
            do {
                call.arguments.push_back(choice());
            } while (take(","));
            expect(")");
        }
        return make(std::move(call));
    }

    const Token& peek() const { return tokens_[at_]; }

    bool take(std::string_view symbol)
    {
        const bool matches = peek().kind == TokenKind::Symbol && peek().text == symbol;
        at_ += matches ? 1 : 0;
        return matches;
    }

    void expect(std::string_view symbol)
    {
        if (!take(symbol)) {
            fail("'" + std::string(symbol) + "'");
        }
    }

    std::string name()
    {
        if (peek().kind != TokenKind::Name) {
            fail("a name");
        }
        return tokens_[at_++].text;
    }

    [[noreturn]] void fail(const std::string& wanted) const
    {
        throw ScriptError(wanted + " is expected, not '" + peek().text + "'", peek().column);
    }

    std::vector<Token> tokens_;
    std::size_t at_ = 0;
};

}

Statement parse(std::string_view line)
{
    return Parser(line).statement();
}

ExpressionPointer parseExpression(std::string_view text)
{
    return Parser(text).whole();
}

}
