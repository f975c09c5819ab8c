#pragma once

#include <string>
#include <vector>

namespace text {

enum class Align { Left, Right };

/// A table for a terminal: columns as wide as their widest cell.
class Table {
public:
    explicit Table(std::vector<std::string> headings);

    void align(std::size_t column, Align align);
    void add(std::vector<std::string> cells);
    std::string toString() const;

private:
    std::vector<Align> aligns_;
    std::vector<std::vector<std::string>> rows_;
};

}
