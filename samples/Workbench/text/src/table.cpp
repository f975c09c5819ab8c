#include "text/table.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "text/utf8.h"

namespace text {

Table::Table(std::vector<std::string> headings) : aligns_(headings.size(), Align::Left)
{
    rows_.push_back(std::move(headings));
}

void Table::align(std::size_t column, Align align)
{
    aligns_.at(column) = align;
}

void Table::add(std::vector<std::string> cells)
{
    if (cells.size() != aligns_.size()) {
        throw std::invalid_argument("a row must have as many cells as the table has headings");
    }
    rows_.push_back(std::move(cells));
}

std::string Table::toString() const
{
    std::vector<std::size_t> widths(aligns_.size(), 0);
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], columns(row[i]));
        }
    }

    std::ostringstream out;
    for (std::size_t r = 0; r < rows_.size(); ++r) {
        std::string line;
        for (std::size_t i = 0; i < widths.size(); ++i) {
            const std::string padding(widths[i] - columns(rows_[r][i]), ' ');
            line += i > 0 ? "  " : "";
            line += aligns_[i] == Align::Left ? rows_[r][i] + padding : padding + rows_[r][i];
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out << line << '\n';
        if (r == 0) {
            for (std::size_t i = 0; i < widths.size(); ++i) {
                out << (i > 0 ? "  " : "") << std::string(widths[i], '-');
            }
            out << '\n';
        }
    }
    return out.str();
}

}
