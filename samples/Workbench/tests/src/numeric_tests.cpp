#include "gtest/gtest.h"

#include <cmath>
#include <complex>
#include <cstdint>
#include <limits>
#include <stdexcept>

#include "numeric/decomposition.h"
#include "numeric/fourier.h"
#include "numeric/matrix.h"
#include "numeric/polynomial.h"
#include "numeric/primes.h"
#include "numeric/rational.h"
#include "numeric/statistics.h"

namespace {

using namespace numeric;

TEST(Rational, StaysInLowestTerms)
{
    EXPECT_EQ(Rational(1, 3) + Rational(1, 6), Rational(1, 2));
    EXPECT_EQ(Rational(2, -4).toString(), "-1/2");
    EXPECT_TRUE(Rational(1, 3) < Rational(34, 100));
    EXPECT_THROW(Rational(1, 0), std::domain_error);
    EXPECT_THROW(Rational(std::numeric_limits<std::int64_t>::max()) + Rational(1), std::overflow_error);
    EXPECT_EQ(approximate(3.14159265358979, 1e-6), Rational(355, 113));
}

TEST(Matrix, PowersGiveFibonacci)
{
    const Matrix fibonacci = power(Matrix{{1, 1}, {1, 0}}, 40);
    EXPECT_EQ(fibonacci(0, 1), 102334155);
    EXPECT_THROW(Matrix({{1, 2}, {3}}), std::invalid_argument);
    EXPECT_THROW(Matrix(2, 3) * Matrix(2, 3), std::invalid_argument);
}

TEST(Decomposition, SolvesAndInverts)
{
    const Matrix matrix{{4, -2, 1}, {-2, 4, -2}, {1, -2, 4}};
    const LuDecomposition decomposition(matrix);
    EXPECT_NEAR(decomposition.determinant(), 36, 1e-9);
    EXPECT_LT((matrix * decomposition.inverse()).largestDifference(Matrix::identity(3)), 1e-12);
    EXPECT_THROW(LuDecomposition(Matrix{{1, 2}, {2, 4}}), std::domain_error);
}

TEST(Decomposition, FitsAParabola)
{
    const auto fitted = fitPolynomial({-1, 0, 1, 2}, {6, 1, 0, 3}, 2);
    EXPECT_NEAR(fitted[0], 1, 1e-9);
    EXPECT_NEAR(fitted[1], -3, 1e-9);
    EXPECT_NEAR(fitted[2], 2, 1e-9);
}

TEST(Fourier, TransformsThereAndBack)
{
    std::vector<std::complex<double>> values{1, 2, 3, 4, 0, 0, 0, 0};
    const auto before = values;
    transform(values);
    EXPECT_NEAR(values[0].real(), 10, 1e-12);
    transform(values, true);
    for (std::size_t i = 0; i < values.size(); ++i) {
        EXPECT_NEAR(std::abs(values[i] - before[i]), 0, 1e-12);
    }
}

TEST(Polynomial, FindsAllRoots)
{
    const Polynomial polynomial({6, -5, -2, 1});
    const auto roots = polynomial.roots();
    ASSERT_EQ(roots.size(), 3u);
    EXPECT_NEAR(roots[0].real(), -2, 1e-9);
    EXPECT_NEAR(roots[1].real(), 1, 1e-9);
    EXPECT_NEAR(roots[2].real(), 3, 1e-9);
    EXPECT_EQ(polynomial.toString(), "x^3 - 2x^2 - 5x + 6");
    EXPECT_EQ(polynomial.derivative().toString(), "3x^2 - 4x - 5");
}

TEST(Statistics, MergeAsIfSeenTogether)
{
    Summary all;
    Summary low;
    Summary high;
    for (int i = 1; i <= 100; ++i) {
        all.add(i);
        (i <= 30 ? low : high).add(i);
    }
    low.merge(high);
    EXPECT_NEAR(low.mean(), all.mean(), 1e-12);
    EXPECT_NEAR(low.variance(), all.variance(), 1e-9);
    EXPECT_EQ(low.smallest(), 1);
    EXPECT_EQ(low.largest(), 100);
    EXPECT_EQ(quantile({4, 1, 3, 2}, 0.5), 2.5);
    EXPECT_NEAR(correlation({1, 2, 3}, {2, 4, 6}), 1, 1e-12);
}

TEST(Primes, AreFoundAndTakenApart)
{
    EXPECT_EQ(primesBelow(100).size(), 25u);
    EXPECT_TRUE(isPrime(18446744073709551557u));
    EXPECT_FALSE(isPrime(3215031751u)) << "a strong pseudoprime to the bases 2, 3, 5 and 7";
    const std::map<std::uint64_t, int> expected{{2, 3}, {1000003, 1}, {1000033, 1}};
    EXPECT_EQ(factorize(8ull * 1000003 * 1000033), expected);
}

}
