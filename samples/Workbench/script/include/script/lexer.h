#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace script {

enum class TokenKind { Number, Name, Let, Symbol, End };

struct Token {
    TokenKind kind;
    std::string text;
    double number;
    std::size_t column;
};

/// An error in a script or in what it does; the column counts from 1, 0 is unknown.
class ScriptError : public std::runtime_error {
public:
    explicit ScriptError(const std::string& what, std::size_t column = 0);

    std::size_t column() const { return column_; }

private:
    std::size_t column_;
};

std::vector<Token> tokenize(std::string_view line);

}
