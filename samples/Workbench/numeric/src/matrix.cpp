#include "numeric/matrix.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>
#include <stdexcept>

namespace numeric {

Matrix::Matrix(std::size_t rows, std::size_t columns) : rows_(rows), columns_(columns), values_(rows * columns) {}

Matrix::Matrix(std::initializer_list<std::initializer_list<double>> rows)
    : rows_(rows.size()), columns_(rows.size() == 0 ? 0 : rows.begin()->size())
{
    values_.reserve(rows_ * columns_);
    for (const auto& row : rows) {
        if (row.size() != columns_) {
            throw std::invalid_argument("rows of different lengths");
        }
        values_.insert(values_.end(), row.begin(), row.end());
    }
}

Matrix Matrix::identity(std::size_t size)
{
    Matrix result(size, size);
    for (std::size_t i = 0; i < size; ++i) {
        result(i, i) = 1;
    }
    return result;
}

Matrix Matrix::transposed() const
{
    Matrix result(columns_, rows_);
    for (std::size_t i = 0; i < rows_; ++i) {
        for (std::size_t j = 0; j < columns_; ++j) {
            result(j, i) = (*this)(i, j);
        }
    }
    return result;
}

double Matrix::largestDifference(const Matrix& other) const
{
    if (rows_ != other.rows_ || columns_ != other.columns_) {
        throw std::invalid_argument("matrices of different sizes");
    }
    double largest = 0;
    for (std::size_t i = 0; i < values_.size(); ++i) {
        largest = std::max(largest, std::fabs(values_[i] - other.values_[i]));
    }
    return largest;
}

std::string Matrix::toString() const
{
    std::ostringstream out;
    out << std::setprecision(6);
    for (std::size_t i = 0; i < rows_; ++i) {
        for (std::size_t j = 0; j < columns_; ++j) {
            out << (j > 0 ? " " : "") << (*this)(i, j);
        }
        out << '\n';
    }
    return out.str();
}

Matrix operator+(const Matrix& a, const Matrix& b)
{
    if (a.rows() != b.rows() || a.columns() != b.columns()) {
        throw std::invalid_argument("matrices of different sizes");
    }
    Matrix sum(a.rows(), a.columns());
    for (std::size_t i = 0; i < a.rows(); ++i) {
        for (std::size_t j = 0; j < a.columns(); ++j) {
            sum(i, j) = a(i, j) + b(i, j);
        }
    }
    return sum;
}

Matrix operator*(const Matrix& a, const Matrix& b)
{
    if (a.columns() != b.rows()) {
        throw std::invalid_argument("matrices that do not fit");
    }
    Matrix product(a.rows(), b.columns());
    for (std::size_t i = 0; i < a.rows(); ++i) {
        for (std::size_t k = 0; k < a.columns(); ++k) {
            for (std::size_t j = 0; j < b.columns(); ++j) {
                product(i, j) += a(i, k) * b(k, j);
            }
        }
    }
    return product;
}

Matrix operator*(double factor, const Matrix& a)
{
    Matrix scaled(a);
    for (std::size_t i = 0; i < a.rows(); ++i) {
        for (std::size_t j = 0; j < a.columns(); ++j) {
            scaled(i, j) *= factor;
        }
    }
    return scaled;
}

Matrix power(Matrix base, unsigned exponent)
{
    Matrix result = Matrix::identity(base.rows());
    for (; exponent > 0; exponent >>= 1) {
        if ((exponent & 1) != 0) {
            result = result * base;
        }
        base = base * base;
    }
    return result;
}

}
