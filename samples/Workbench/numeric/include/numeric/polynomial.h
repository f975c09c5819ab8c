#pragma once

#include <complex>
#include <cstddef>
#include <string>
#include <vector>

#include "numeric/api.h"

namespace numeric {

/// Real coefficients, the constant first; the highest is never zero.
class NUMERIC_API Polynomial {
public:
    explicit Polynomial(std::vector<double> coefficients);

    std::size_t degree() const { return coefficients_.empty() ? 0 : coefficients_.size() - 1; }
    const std::vector<double>& coefficients() const { return coefficients_; }
    std::complex<double> operator()(std::complex<double> x) const;
    Polynomial derivative() const;

    /// All complex roots by the iteration of Durand and Kerner, sorted by real, then imaginary part.
    std::vector<std::complex<double>> roots() const;

    std::string toString() const;

private:
    std::vector<double> coefficients_;
};

NUMERIC_API Polynomial operator*(const Polynomial& a, const Polynomial& b);

}
