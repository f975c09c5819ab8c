#include "numeric/statistics.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace numeric {

void Summary::add(double value)
{
    smallest_ = count_ == 0 ? value : std::min(smallest_, value);
    largest_ = count_ == 0 ? value : std::max(largest_, value);
    ++count_;
    const double before = value - mean_;
    mean_ += before / static_cast<double>(count_);
    squares_ += before * (value - mean_);
}

void Summary::merge(const Summary& other)
{
    if (other.count_ == 0) {
        return;
    }
    if (count_ == 0) {
        *this = other;
        return;
    }
    const auto mine = static_cast<double>(count_);
    const auto theirs = static_cast<double>(other.count_);
    const double apart = other.mean_ - mean_;
    mean_ += apart * theirs / (mine + theirs);
    squares_ += other.squares_ + apart * apart * mine * theirs / (mine + theirs);
    count_ += other.count_;
    smallest_ = std::min(smallest_, other.smallest_);
    largest_ = std::max(largest_, other.largest_);
}

double Summary::variance() const
{
    return count_ < 2 ? 0 : squares_ / static_cast<double>(count_ - 1);
}

double quantile(std::vector<double> values, double p)
{
    if (values.empty() || !(p >= 0 && p <= 1)) {
        throw std::invalid_argument("a quantile of nothing, or out of 0 to 1");
    }
    const double rank = p * static_cast<double>(values.size() - 1);
    const auto low = static_cast<std::size_t>(rank);
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(low);
    std::nth_element(values.begin(), middle, values.end());
    const double lower = *middle;
    if (low + 1 == values.size()) {
        return lower;
    }
    const double upper = *std::min_element(middle + 1, values.end());
    return lower + (upper - lower) * (rank - static_cast<double>(low));
}

double correlation(const std::vector<double>& x, const std::vector<double>& y)
{
    if (x.size() != y.size() || x.size() < 2) {
        throw std::invalid_argument("two equally long lists of at least two values are needed");
    }
    Summary ofX;
    Summary ofY;
    for (std::size_t i = 0; i < x.size(); ++i) {
        ofX.add(x[i]);
        ofY.add(y[i]);
    }
    double together = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        together += (x[i] - ofX.mean()) * (y[i] - ofY.mean());
    }
    return together / static_cast<double>(x.size() - 1) / std::sqrt(ofX.variance() * ofY.variance());
}

}
