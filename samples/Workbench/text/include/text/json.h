#pragma once

#include <cstddef>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace text {

class JsonValue;

using JsonArray = std::vector<JsonValue>;
using JsonObject = std::map<std::string, JsonValue, std::less<>>;

/// A value of RFC 8259. Numbers are doubles; objects keep their members sorted by name.
class JsonValue {
public:
    JsonValue() = default;
    JsonValue(std::nullptr_t) {}
    JsonValue(bool value) : value_(value) {}
    JsonValue(double value) : value_(value) {}
    JsonValue(int value) : value_(static_cast<double>(value)) {}
    JsonValue(const char* value) : value_(std::string(value)) {}
    JsonValue(std::string value) : value_(std::move(value)) {}
    JsonValue(JsonArray value);
    JsonValue(JsonObject value);

    bool isNull() const { return std::holds_alternative<std::monostate>(value_); }
    bool isArray() const { return std::holds_alternative<JsonArray>(value_); }
    bool isObject() const { return std::holds_alternative<JsonObject>(value_); }

    bool asBool() const;
    double asNumber() const;
    const std::string& asString() const;
    const JsonArray& asArray() const;
    const JsonObject& asObject() const;

    /// The value at a path such as `members/0/name`; throws JsonError when there is none.
    const JsonValue& at(std::string_view path) const;

    template <class Visitor>
    decltype(auto) visit(Visitor&& visitor) const
    {
        return std::visit(std::forward<Visitor>(visitor), value_);
    }

    friend bool operator==(const JsonValue& left, const JsonValue& right);

private:
    std::variant<std::monostate, bool, double, std::string, JsonArray, JsonObject> value_;
};

class JsonError : public std::runtime_error {
public:
    JsonError(const std::string& what, std::size_t offset);

    std::size_t offset() const { return offset_; }

private:
    std::size_t offset_;
};

JsonValue readJson(std::string_view text);

/// With indent 0 everything is on one line.
std::string writeJson(const JsonValue& value, int indent = 0);

}
