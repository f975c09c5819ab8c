#include "numeric/rational.h"

#include <cmath>
#include <limits>
#include <numeric>
#include <ostream>
#include <stdexcept>

namespace numeric {
namespace {

using Limits = std::numeric_limits<std::int64_t>;

std::int64_t multiply(std::int64_t a, std::int64_t b)
{
    if (a != 0 && (b > Limits::max() / std::abs(a) || b < -(Limits::max() / std::abs(a)))) {
        throw std::overflow_error("the fraction does not fit 64 bits");
    }
    return a * b;
}

std::int64_t add(std::int64_t a, std::int64_t b)
{
    if ((b > 0 && a > Limits::max() - b) || (b < 0 && a < -Limits::max() - b)) {
        throw std::overflow_error("the fraction does not fit 64 bits");
    }
    return a + b;
}

}

Rational::Rational(std::int64_t numerator, std::int64_t denominator) : numerator_(numerator), denominator_(denominator)
{
    if (denominator == 0) {
        throw std::domain_error("a fraction with denominator zero");
    }
    const std::int64_t common = std::gcd(numerator, denominator) * (denominator < 0 ? -1 : 1);
    numerator_ /= common;
    denominator_ /= common;
}

double Rational::toDouble() const
{
    return static_cast<double>(numerator_) / static_cast<double>(denominator_);
}

std::string Rational::toString() const
{
    return denominator_ == 1 ? std::to_string(numerator_) : std::to_string(numerator_) + '/' + std::to_string(denominator_);
}

Rational Rational::operator-() const
{
    return Rational(-numerator_, denominator_);
}

Rational operator+(const Rational& a, const Rational& b)
{
    const std::int64_t common = std::gcd(a.denominator_, b.denominator_);
    const std::int64_t left = multiply(a.numerator_, b.denominator_ / common);
    const std::int64_t right = multiply(b.numerator_, a.denominator_ / common);
    return Rational(add(left, right), multiply(a.denominator_, b.denominator_ / common));
}

Rational operator-(const Rational& a, const Rational& b)
{
    return a + -b;
}

Rational operator*(const Rational& a, const Rational& b)
{
    // Crossing the terms first keeps the products small.
    const Rational left(a.numerator_, b.denominator_);
    const Rational right(b.numerator_, a.denominator_);
    return Rational(multiply(left.numerator_, right.numerator_), multiply(left.denominator_, right.denominator_));
}

Rational operator/(const Rational& a, const Rational& b)
{
    if (b.numerator_ == 0) {
        throw std::domain_error("division by zero");
    }
    return a * Rational(b.denominator_, b.numerator_);
}

bool operator==(const Rational& a, const Rational& b)
{
    return a.numerator_ == b.numerator_ && a.denominator_ == b.denominator_;
}

bool operator<(const Rational& a, const Rational& b)
{
    return (a - b).numerator_ < 0;
}

Rational approximate(double value, double tolerance)
{
    std::int64_t h0 = 1, k0 = 0;
    auto h1 = static_cast<std::int64_t>(std::floor(value));
    std::int64_t k1 = 1;
    double rest = value - std::floor(value);
    while (std::fabs(static_cast<double>(h1) / static_cast<double>(k1) - value) > tolerance && rest > 1e-12) {
        const double inverse = 1 / rest;
        const auto term = static_cast<std::int64_t>(std::floor(inverse));
        rest = inverse - std::floor(inverse);
        const std::int64_t h2 = add(multiply(term, h1), h0);
        const std::int64_t k2 = add(multiply(term, k1), k0);
        h0 = h1;
        k0 = k1;
        h1 = h2;
        k1 = k2;
    }
    return Rational(h1, k1);
}

std::ostream& operator<<(std::ostream& out, const Rational& value)
{
    return out << value.toString();
}

}
