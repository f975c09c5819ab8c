#include "text/json.h"

#include <charconv>
#include <utility>

#include "text/split.h"

namespace text {
namespace {

template <class T, class Variant>
const T& get(const Variant& value, const char* name)
{
    if (const T* found = std::get_if<T>(&value)) {
        return *found;
    }
    throw JsonError(std::string("the value is not ") + name, 0);
}

}

JsonValue::JsonValue(JsonArray value) : value_(std::move(value)) {}

JsonValue::JsonValue(JsonObject value) : value_(std::move(value)) {}

bool JsonValue::asBool() const { return get<bool>(value_, "true or false"); }

double JsonValue::asNumber() const { return get<double>(value_, "a number"); }

const std::string& JsonValue::asString() const { return get<std::string>(value_, "a string"); }

const JsonArray& JsonValue::asArray() const { return get<JsonArray>(value_, "an array"); }

const JsonObject& JsonValue::asObject() const { return get<JsonObject>(value_, "an object"); }

const JsonValue& JsonValue::at(std::string_view path) const
{
    const JsonValue* value = this;
    for (std::string_view step : split(path, '/')) {
        if (value->isArray()) {
            std::size_t index = 0;
            const auto parsed = std::from_chars(step.data(), step.data() + step.size(), index);
            if (parsed.ec != std::errc() || index >= value->asArray().size()) {
                throw JsonError("no element " + std::string(step), 0);
            }
            value = &value->asArray()[index];
            continue;
        }
        const auto member = value->asObject().find(step);
        if (member == value->asObject().end()) {
            throw JsonError("no member '" + std::string(step) + "'", 0);
        }
        value = &member->second;
    }
    return *value;
}

bool operator==(const JsonValue& left, const JsonValue& right)
{
    return left.value_ == right.value_;
}

JsonError::JsonError(const std::string& what, std::size_t offset)
    : std::runtime_error(what + " (offset " + std::to_string(offset) + ")"), offset_(offset)
{
}

}
