#include "numeric/decomposition.h"

#include <cmath>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace numeric {

LuDecomposition::LuDecomposition(Matrix matrix) : lu_(std::move(matrix)), order_(lu_.rows())
{
    const std::size_t n = lu_.rows();
    if (n != lu_.columns()) {
        throw std::invalid_argument("only a square matrix can be decomposed");
    }
    std::iota(order_.begin(), order_.end(), std::size_t{0});

    for (std::size_t k = 0; k < n; ++k) {
        std::size_t pivot = k;
        for (std::size_t i = k + 1; i < n; ++i) {
            pivot = std::fabs(lu_(i, k)) > std::fabs(lu_(pivot, k)) ? i : pivot;
        }
        if (std::fabs(lu_(pivot, k)) < 1e-12) {
            throw std::domain_error("the matrix is singular");
        }
        if (pivot != k) {
            for (std::size_t j = 0; j < n; ++j) {
                std::swap(lu_(k, j), lu_(pivot, j));
            }
            std::swap(order_[k], order_[pivot]);
            sign_ = -sign_;
        }
        for (std::size_t i = k + 1; i < n; ++i) {
            lu_(i, k) /= lu_(k, k);
            for (std::size_t j = k + 1; j < n; ++j) {
                lu_(i, j) -= lu_(i, k) * lu_(k, j);
            }
        }
    }
}

double LuDecomposition::determinant() const
{
    double product = sign_;
    for (std::size_t i = 0; i < lu_.rows(); ++i) {
        product *= lu_(i, i);
    }
    return product;
}

std::vector<double> LuDecomposition::solve(const std::vector<double>& right) const
{
    const std::size_t n = lu_.rows();
    if (right.size() != n) {
        throw std::invalid_argument("the right side does not fit the matrix");
    }
    std::vector<double> x(n);
    for (std::size_t i = 0; i < n; ++i) {
        x[i] = right[order_[i]];
        for (std::size_t j = 0; j < i; ++j) {
            x[i] -= lu_(i, j) * x[j];
        }
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t j = i + 1; j < n; ++j) {
            x[i] -= lu_(i, j) * x[j];
        }
        x[i] /= lu_(i, i);
    }
    return x;
}

Matrix LuDecomposition::inverse() const
{
    const std::size_t n = lu_.rows();
    Matrix result(n, n);
    for (std::size_t column = 0; column < n; ++column) {
        std::vector<double> unit(n);
        unit[column] = 1;
        const std::vector<double> solved = solve(unit);
        for (std::size_t row = 0; row < n; ++row) {
            result(row, column) = solved[row];
        }
    }
    return result;
}

std::vector<double> fitPolynomial(const std::vector<double>& x, const std::vector<double>& y, std::size_t degree)
{
    if (x.size() != y.size() || x.size() <= degree) {
        throw std::invalid_argument("too few points for this degree");
    }
    Matrix powers(x.size(), degree + 1);
    for (std::size_t i = 0; i < x.size(); ++i) {
        double value = 1;
        for (std::size_t j = 0; j <= degree; ++j, value *= x[i]) {
            powers(i, j) = value;
        }
    }

    std::vector<double> right(degree + 1);
    for (std::size_t j = 0; j <= degree; ++j) {
        for (std::size_t i = 0; i < x.size(); ++i) {
            right[j] += powers(i, j) * y[i];
        }
    }
    return LuDecomposition(powers.transposed() * powers).solve(right);
}

}
