#pragma once

#include <cstddef>
#include <vector>

#include "numeric/api.h"

namespace numeric {

/// Mean and variance of values seen one by one (Welford), and both together when two are merged (Chan).
class NUMERIC_API Summary {
public:
    void add(double value);
    void merge(const Summary& other);

    std::size_t count() const { return count_; }
    double mean() const { return mean_; }
    double variance() const;
    double smallest() const { return smallest_; }
    double largest() const { return largest_; }

private:
    std::size_t count_ = 0;
    double mean_ = 0;
    double squares_ = 0;
    double smallest_ = 0;
    double largest_ = 0;
};

/// Linear interpolation between the nearest ranks; p between 0 and 1.
NUMERIC_API double quantile(std::vector<double> values, double p);

NUMERIC_API double correlation(const std::vector<double>& x, const std::vector<double>& y);

}
