#pragma once

#include <complex>
#include <vector>

#include "numeric/api.h"

namespace numeric {

/// The discrete Fourier transform in place; the size must be a power of two.
NUMERIC_API void transform(std::vector<std::complex<double>>& values, bool inverse = false);

/// The product of two polynomials given by their coefficients; results that are whole up to rounding are made whole.
NUMERIC_API std::vector<double> convolve(const std::vector<double>& a, const std::vector<double>& b);

}
