#include "numeric/polynomial.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <utility>

#include "numeric/fourier.h"

namespace numeric {

Polynomial::Polynomial(std::vector<double> coefficients) : coefficients_(std::move(coefficients))
{
    while (!coefficients_.empty() && coefficients_.back() == 0) {
        coefficients_.pop_back();
    }
}

std::complex<double> Polynomial::operator()(std::complex<double> x) const
{
    std::complex<double> value = 0;
    for (auto coefficient = coefficients_.rbegin(); coefficient != coefficients_.rend(); ++coefficient) {
        value = value * x + *coefficient;
    }
    return value;
}

Polynomial Polynomial::derivative() const
{
    std::vector<double> result;
    for (std::size_t i = 1; i < coefficients_.size(); ++i) {
        result.push_back(static_cast<double>(i) * coefficients_[i]);
    }
    return Polynomial(std::move(result));
}

std::vector<std::complex<double>> Polynomial::roots() const
{
    std::vector<std::complex<double>> found(degree());
    const std::complex<double> start(0.4, 0.9);
    for (std::size_t i = 0; i < found.size(); ++i) {
        found[i] = std::pow(start, static_cast<double>(i));
    }

    double moved = 1;
    for (int round = 0; round < 500 && moved > 1e-13; ++round) {
        moved = 0;
        for (std::size_t i = 0; i < found.size(); ++i) {
            std::complex<double> others = coefficients_.back();
            for (std::size_t j = 0; j < found.size(); ++j) {
                others *= j == i ? 1.0 : found[i] - found[j];
            }
            const std::complex<double> step = (*this)(found[i]) / others;
            found[i] -= step;
            moved = std::max(moved, std::abs(step));
        }
    }

    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
        return std::fabs(a.real() - b.real()) > 1e-9 ? a.real() < b.real() : a.imag() < b.imag();
    });
    return found;
}

std::string Polynomial::toString() const
{
    std::ostringstream out;
    for (std::size_t i = coefficients_.size(); i-- > 0;) {
        if (coefficients_[i] == 0) {
            continue;
        }
        const bool first = out.tellp() == 0;
        out << (coefficients_[i] < 0 ? (first ? "-" : " - ") : (first ? "" : " + "));
        const double magnitude = std::fabs(coefficients_[i]);
        if (magnitude != 1 || i == 0) {
            out << magnitude;
        }
        if (i > 0) {
            out << 'x';
        }
        if (i > 1) {
            out << '^' << i;
        }
    }
    return out.tellp() == 0 ? "0" : out.str();
}

Polynomial operator*(const Polynomial& a, const Polynomial& b)
{
    return Polynomial(convolve(a.coefficients(), b.coefficients()));
}

}
