#include "text/json.h"

#include <cstdlib>
#include <utility>

#include "text/utf8.h"

namespace text {
namespace {

class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    JsonValue document()
    {
        JsonValue read = value(0);
        space();
        if (at_ != text_.size()) {
            fail("text behind the value");
        }
        return read;
    }

private:
    // Deep enough for documents, shallow enough for the stack.
    static constexpr int MaximumDepth = 200;

    JsonValue value(int depth)
    {
        if (depth > MaximumDepth) {
            fail("nested too deeply");
        }
        space();
        switch (peek()) {
        case '{':
            return object(depth);
        case '[':
            return array(depth);
        case '"':
            return string();
        case 't':
            return literal("true", true);
        case 'f':
            return literal("false", false);
        case 'n':
            return literal("null", nullptr);
        default:
            return number();
        }
    }

    JsonValue object(int depth)
    {
        JsonObject members;
        ++at_;
        for (space(); peek() != '}'; space()) {
            if (!members.empty()) {
                expect(',');
                space();
            }
            if (peek() != '"') {
                fail("a member name is expected");
            }
            std::string name = string();
            space();
            expect(':');
            members.insert_or_assign(std::move(name), value(depth + 1));
        }
        ++at_;
        return members;
    }

    JsonValue array(int depth)
    {
        JsonArray elements;
        ++at_;
        for (space(); peek() != ']'; space()) {
            if (!elements.empty()) {
                expect(',');
            }
            elements.push_back(value(depth + 1));
        }
        ++at_;
        return elements;
    }

    std::string string()
    {
        std::string read;
        ++at_;
        for (;;) {
            const char c = peek();
            ++at_;
            if (c == '"') {
                return read;
            }
            if (static_cast<unsigned char>(c) < 0x20) {
                fail("a control character in a string");
            }
            if (c == '\\') {
                escape(read);
            } else {
                read.push_back(c);
            }
        }
    }

    void escape(std::string& read)
    {
        static constexpr std::string_view Names = "\"\\/bfnrt";
        static constexpr std::string_view Meanings = "\"\\/\b\f\n\r\t";
        const char c = peek();
        ++at_;
        if (const std::size_t known = Names.find(c); known != std::string_view::npos) {
            read.push_back(Meanings[known]);
            return;
        }
        if (c != 'u') {
            fail("an unknown escape");
        }
        char32_t unit = hexUnit();
        if (unit >= 0xd800 && unit < 0xdc00 && text_.substr(at_, 2) == "\\u") {
            at_ += 2;
            const char32_t low = hexUnit();
            if (low < 0xdc00 || low > 0xdfff) {
                fail("half of a surrogate pair");
            }
            unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
        }
        appendCodePoint(read, unit);
    }

    char32_t hexUnit()
    {
        char32_t unit = 0;
        for (int i = 0; i < 4; ++i) {
            const char c = peek();
            const std::size_t digit = std::string_view("0123456789abcdef").find(static_cast<char>(c >= 'A' && c <= 'F' ? c + 32 : c));
            if (digit == std::string_view::npos) {
                fail("four hexadecimal digits are expected");
            }
            unit = unit << 4 | static_cast<char32_t>(digit);
            ++at_;
        }
        return unit;
    }

    JsonValue number()
    {
        const std::size_t start = at_;
        while (at_ < text_.size() && std::string_view("+-.0123456789Ee").find(text_[at_]) != std::string_view::npos) {
            ++at_;
        }
        const std::string digits(text_.substr(start, at_ - start));
        char* end = nullptr;
        const double read = std::strtod(digits.c_str(), &end);
        if (digits.empty() || *end != '\0') {
            at_ = start;
            fail("a value is expected");
        }
        return read;
    }

    JsonValue literal(std::string_view word, JsonValue meaning)
    {
        if (text_.substr(at_, word.size()) != word) {
            fail("a value is expected");
        }
        at_ += word.size();
        return meaning;
    }

    void space()
    {
        while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) {
            ++at_;
        }
    }

    char peek() const
    {
        if (at_ == text_.size()) {
            fail("the text ends too early");
        }
        return text_[at_];
    }

    void expect(char c)
    {
        if (peek() != c) {
            fail(std::string("'") + c + "' is expected");
        }
        ++at_;
    }

    [[noreturn]] void fail(const std::string& what) const { throw JsonError(what, at_); }

    std::string_view text_;
    std::size_t at_ = 0;
};

}

JsonValue readJson(std::string_view text)
{
    return Reader(text).document();
}

}
