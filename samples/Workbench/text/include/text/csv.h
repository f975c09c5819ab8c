#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace text {

using CsvRow = std::vector<std::string>;

class CsvError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Reads RFC 4180: quoted fields may hold separators, line ends and doubled quotes.
std::vector<CsvRow> readCsv(std::string_view text, char separator = ',');

std::string writeCsv(const std::vector<CsvRow>& rows, char separator = ',');

}
