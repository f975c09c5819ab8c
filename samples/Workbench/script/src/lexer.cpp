#include "pch.h"

#include "script/lexer.h"

#include <cstdlib>

namespace script {
namespace {

bool isNameStart(char c)
{
    return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

}

ScriptError::ScriptError(const std::string& what, std::size_t column)
    : std::runtime_error(column == 0 ? what : what + " (column " + std::to_string(column) + ")"), column_(column)
{
}

std::vector<Token> tokenize(std::string_view line)
{
    std::vector<Token> tokens;
    std::size_t at = 0;
    while (at < line.size()) {
        const char c = line[at];
        const std::size_t start = at;
        if (std::isspace(static_cast<unsigned char>(c)) != 0) {
            ++at;
        } else if (c == '#') {
            break;
        } else if (isDigit(c) || (c == '.' && at + 1 < line.size() && isDigit(line[at + 1]))) {
            const std::string rest(line.substr(at));
            char* end = nullptr;
            const double number = std::strtod(rest.c_str(), &end);
            at += static_cast<std::size_t>(end - rest.c_str());
            tokens.push_back({TokenKind::Number, std::string(line.substr(start, at - start)), number, start + 1});
        } else if (isNameStart(c)) {
            at = static_cast<std::size_t>(std::find_if_not(line.begin() + static_cast<std::ptrdiff_t>(at), line.end(),
                                                           [](char next) { return isNameStart(next) || isDigit(next); }) - line.begin());
            std::string name(line.substr(start, at - start));
            const TokenKind kind = name == "let" ? TokenKind::Let : TokenKind::Name;
            tokens.push_back({kind, std::move(name), 0, start + 1});
        } else {
            static const std::set<std::string_view> Pairs{"==", "!=", "<=", ">="};
            const std::size_t length = Pairs.count(line.substr(at, 2)) != 0 ? 2 : 1;
            if (length == 1 && std::string_view("+-*/%^()<>=?:,").find(c) == std::string_view::npos) {
                throw ScriptError(std::string("'") + c + "' means nothing here", start + 1);
            }
            tokens.push_back({TokenKind::Symbol, std::string(line.substr(at, length)), 0, start + 1});
            at += length;
        }
    }
    tokens.push_back({TokenKind::End, "the end", 0, line.size() + 1});
    return tokens;
}

}
