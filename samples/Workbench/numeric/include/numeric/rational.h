#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>

#include "numeric/api.h"

namespace numeric {

/// An exact fraction in lowest terms with a positive denominator. Throws std::overflow_error where 64 bits are not enough.
class NUMERIC_API Rational {
public:
    Rational(std::int64_t numerator = 0, std::int64_t denominator = 1);

    std::int64_t numerator() const { return numerator_; }
    std::int64_t denominator() const { return denominator_; }
    double toDouble() const;
    std::string toString() const;

    Rational operator-() const;
    friend NUMERIC_API Rational operator+(const Rational& a, const Rational& b);
    friend NUMERIC_API Rational operator-(const Rational& a, const Rational& b);
    friend NUMERIC_API Rational operator*(const Rational& a, const Rational& b);
    friend NUMERIC_API Rational operator/(const Rational& a, const Rational& b);
    friend NUMERIC_API bool operator==(const Rational& a, const Rational& b);
    friend NUMERIC_API bool operator<(const Rational& a, const Rational& b);

private:
    std::int64_t numerator_;
    std::int64_t denominator_;
};

/// The fraction with the smallest denominator within the tolerance, by continued fractions.
NUMERIC_API Rational approximate(double value, double tolerance);

NUMERIC_API std::ostream& operator<<(std::ostream& out, const Rational& value);

}
