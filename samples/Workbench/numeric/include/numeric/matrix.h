#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <vector>

#include "numeric/api.h"

namespace numeric {

/// A dense matrix of doubles, row by row. Sizes that do not fit throw std::invalid_argument.
class NUMERIC_API Matrix {
public:
    Matrix(std::size_t rows, std::size_t columns);
    Matrix(std::initializer_list<std::initializer_list<double>> rows);

    static Matrix identity(std::size_t size);

    std::size_t rows() const { return rows_; }
    std::size_t columns() const { return columns_; }
    double& operator()(std::size_t row, std::size_t column) { return values_[row * columns_ + column]; }
    double operator()(std::size_t row, std::size_t column) const { return values_[row * columns_ + column]; }

    Matrix transposed() const;
    double largestDifference(const Matrix& other) const;
    std::string toString() const;

private:
    std::size_t rows_;
    std::size_t columns_;
    std::vector<double> values_;
};

NUMERIC_API Matrix operator+(const Matrix& a, const Matrix& b);
NUMERIC_API Matrix operator*(const Matrix& a, const Matrix& b);
NUMERIC_API Matrix operator*(double factor, const Matrix& a);
NUMERIC_API Matrix power(Matrix base, unsigned exponent);

}
