#include "numeric/fourier.h"

#include <cmath>
#include <stdexcept>
#include <utility>

namespace numeric {

void transform(std::vector<std::complex<double>>& values, bool inverse)
{
    const std::size_t size = values.size();
    if (size == 0 || (size & (size - 1)) != 0) {
        throw std::invalid_argument("the size must be a power of two");
    }

    for (std::size_t i = 1, reversed = 0; i < size; ++i) {
        std::size_t bit = size >> 1;
        for (; (reversed & bit) != 0; bit >>= 1) {
            reversed ^= bit;
        }
        reversed ^= bit;
        if (i < reversed) {
            std::swap(values[i], values[reversed]);
        }
    }

    const double pi = std::acos(-1.0);
    for (std::size_t length = 2; length <= size; length <<= 1) {
        const std::complex<double> root = std::polar(1.0, (inverse ? 2 : -2) * pi / static_cast<double>(length));
        for (std::size_t start = 0; start < size; start += length) {
            std::complex<double> turn = 1;
            for (std::size_t i = start; i < start + length / 2; ++i) {
                const std::complex<double> even = values[i];
                const std::complex<double> odd = values[i + length / 2] * turn;
                values[i] = even + odd;
                values[i + length / 2] = even - odd;
                turn *= root;
            }
        }
    }
    if (inverse) {
        for (auto& value : values) {
            value /= static_cast<double>(size);
        }
    }
}

std::vector<double> convolve(const std::vector<double>& a, const std::vector<double>& b)
{
    if (a.empty() || b.empty()) {
        return {};
    }
    const std::size_t terms = a.size() + b.size() - 1;
    std::size_t size = 1;
    while (size < terms) {
        size <<= 1;
    }

    std::vector<std::complex<double>> left(a.begin(), a.end());
    std::vector<std::complex<double>> right(b.begin(), b.end());
    left.resize(size);
    right.resize(size);
    transform(left);
    transform(right);
    for (std::size_t i = 0; i < size; ++i) {
        left[i] *= right[i];
    }
    transform(left, true);

    std::vector<double> product(terms);
    for (std::size_t i = 0; i < terms; ++i) {
        const double value = left[i].real();
        product[i] = std::fabs(value - std::round(value)) < 1e-9 ? std::round(value) : value;
    }
    return product;
}

}
