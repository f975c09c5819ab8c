#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "numeric/api.h"

namespace numeric {

NUMERIC_API std::vector<std::uint32_t> primesBelow(std::uint32_t limit);

/// Exact for every 64-bit number: Miller and Rabin's test with the twelve smallest primes as bases.
NUMERIC_API bool isPrime(std::uint64_t number);

/// Prime factors with their exponents, by Pollard's rho.
NUMERIC_API std::map<std::uint64_t, int> factorize(std::uint64_t number);

}
