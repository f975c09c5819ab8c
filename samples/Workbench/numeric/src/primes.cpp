#include "numeric/primes.h"

#include <array>
#include <cstddef>
#include <numeric>
#include <stdexcept>

namespace numeric {
namespace {

std::uint64_t multiply(std::uint64_t a, std::uint64_t b, std::uint64_t modulus)
{
    // Russian peasants' way: portable where there is no 128-bit type.
    std::uint64_t product = 0;
    for (a %= modulus; b > 0; b >>= 1) {
        if ((b & 1) != 0) {
            product = product >= modulus - a ? product - (modulus - a) : product + a;
        }
        a = a >= modulus - a ? a - (modulus - a) : a + a;
    }
    return product;
}

std::uint64_t power(std::uint64_t base, std::uint64_t exponent, std::uint64_t modulus)
{
    std::uint64_t result = 1;
    for (; exponent > 0; exponent >>= 1) {
        if ((exponent & 1) != 0) {
            result = multiply(result, base, modulus);
        }
        base = multiply(base, base, modulus);
    }
    return result;
}

constexpr std::array<std::uint64_t, 12> SmallPrimes{2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37};

std::uint64_t properDivisor(std::uint64_t number)
{
    for (std::uint64_t seed = 1;; ++seed) {
        std::uint64_t slow = 2;
        std::uint64_t fast = 2;
        std::uint64_t common = 1;
        const auto step = [number, seed](std::uint64_t x) { return (multiply(x, x, number) + seed) % number; };
        while (common == 1) {
            slow = step(slow);
            fast = step(step(fast));
            common = std::gcd(slow > fast ? slow - fast : fast - slow, number);
        }
        if (common != number) {
            return common;
        }
    }
}

void collect(std::uint64_t number, std::map<std::uint64_t, int>& factors)
{
    for (const std::uint64_t prime : SmallPrimes) {
        for (; number % prime == 0; number /= prime) {
            ++factors[prime];
        }
    }
    if (number == 1) {
        return;
    }
    if (isPrime(number)) {
        ++factors[number];
        return;
    }
    const std::uint64_t divisor = properDivisor(number);
    collect(divisor, factors);
    collect(number / divisor, factors);
}

}

std::vector<std::uint32_t> primesBelow(std::uint32_t limit)
{
    std::vector<bool> composite(limit, false);
    std::vector<std::uint32_t> primes;
    for (std::uint32_t candidate = 2; candidate < limit; ++candidate) {
        if (composite[candidate]) {
            continue;
        }
        primes.push_back(candidate);
        for (std::uint64_t multiple = std::uint64_t{candidate} * candidate; multiple < limit; multiple += candidate) {
            composite[static_cast<std::size_t>(multiple)] = true;
        }
    }
    return primes;
}

bool isPrime(std::uint64_t number)
{
    if (number < 2) {
        return false;
    }
    for (const std::uint64_t prime : SmallPrimes) {
        if (number % prime == 0) {
            return number == prime;
        }
    }

    std::uint64_t odd = number - 1;
    int twos = 0;
    for (; odd % 2 == 0; odd /= 2) {
        ++twos;
    }
    for (const std::uint64_t base : SmallPrimes) {
        std::uint64_t x = power(base, odd, number);
        bool witness = x != 1 && x != number - 1;
        for (int i = 1; i < twos && witness; ++i) {
            x = multiply(x, x, number);
            witness = x != number - 1;
        }
        if (witness) {
            return false;
        }
    }
    return true;
}

std::map<std::uint64_t, int> factorize(std::uint64_t number)
{
    if (number == 0) {
        throw std::invalid_argument("zero has no factors");
    }
    std::map<std::uint64_t, int> factors;
    collect(number, factors);
    return factors;
}

}
