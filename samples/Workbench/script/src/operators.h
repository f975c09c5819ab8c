#pragma once

namespace script {

/// What an operator does to two numbers; throws ScriptError for a division by zero.
double apply(char operation, double left, double right);

}
