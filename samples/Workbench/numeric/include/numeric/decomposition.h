#pragma once

#include <cstddef>
#include <vector>

#include "numeric/matrix.h"

namespace numeric {

/// P·A = L·U with partial pivoting. Throws std::domain_error when the matrix is singular.
class NUMERIC_API LuDecomposition {
public:
    explicit LuDecomposition(Matrix matrix);

    double determinant() const;
    std::vector<double> solve(const std::vector<double>& right) const;
    Matrix inverse() const;

private:
    Matrix lu_;
    std::vector<std::size_t> order_;
    int sign_ = 1;
};

/// Coefficients (constant first) of the polynomial of this degree that fits the points best.
NUMERIC_API std::vector<double> fitPolynomial(const std::vector<double>& x, const std::vector<double>& y, std::size_t degree);

}
