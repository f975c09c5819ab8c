#pragma once

#include <string_view>

#include "script/syntax.h"

namespace script {

/// Reads one line. Precedence from low to high: ?:, comparisons, + -, * / %, unary -, ^ (to the right).
Statement parse(std::string_view line);

ExpressionPointer parseExpression(std::string_view text);

}
