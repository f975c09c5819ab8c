#include "text/json.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace text {
namespace {

class Writer {
public:
    explicit Writer(int indent) : indent_(indent) {}

    void write(const JsonValue& value, int depth)
    {
        value.visit([this, depth](const auto& content) { put(content, depth); });
    }

    std::string take() { return std::move(text_); }

private:
    void put(std::monostate, int) { text_ += "null"; }

    void put(bool value, int) { text_ += value ? "true" : "false"; }

    void put(double value, int)
    {
        std::array<char, 32> digits{};
        const bool whole = std::floor(value) == value && std::fabs(value) < 1e15;
        std::snprintf(digits.data(), digits.size(), whole ? "%.0f" : "%.17g", value);
        text_ += digits.data();
    }

    void put(const std::string& value, int)
    {
        text_.push_back('"');
        for (const char c : value) {
            escape(c);
        }
        text_.push_back('"');
    }

    void put(const JsonArray& elements, int depth)
    {
        text_.push_back('[');
        bool first = true;
        for (const JsonValue& element : elements) {
            separate(first, depth + 1);
            write(element, depth + 1);
        }
        close(elements.empty(), depth, ']');
    }

    void put(const JsonObject& members, int depth)
    {
        text_.push_back('{');
        bool first = true;
        for (const auto& [name, member] : members) {
            separate(first, depth + 1);
            put(name, depth);
            text_ += indent_ > 0 ? ": " : ":";
            write(member, depth + 1);
        }
        close(members.empty(), depth, '}');
    }

    void separate(bool& first, int depth)
    {
        if (!first) {
            text_.push_back(',');
        }
        first = false;
        newLine(depth);
    }

    void close(bool empty, int depth, char bracket)
    {
        if (!empty) {
            newLine(depth);
        }
        text_.push_back(bracket);
    }

    void newLine(int depth)
    {
        if (indent_ > 0) {
            text_.push_back('\n');
            text_.append(static_cast<std::size_t>(indent_ * depth), ' ');
        }
    }

    void escape(char c)
    {
        switch (c) {
        case '"':
            text_ += "\\\"";
            return;
        case '\\':
            text_ += "\\\\";
            return;
        case '\n':
            text_ += "\\n";
            return;
        case '\t':
            text_ += "\\t";
            return;
        default:
            break;
        }
        if (static_cast<unsigned char>(c) < 0x20) {
            std::array<char, 8> code{};
            std::snprintf(code.data(), code.size(), "\\u%04x", static_cast<unsigned>(c));
            text_ += code.data();
        } else {
            text_.push_back(c);
        }
    }

    int indent_;
    std::string text_;
};

}

std::string writeJson(const JsonValue& value, int indent)
{
    Writer writer(indent);
    writer.write(value, 0);
    return writer.take();
}

}
