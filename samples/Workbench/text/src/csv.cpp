#include "text/csv.h"

#include <sstream>
#include <utility>

namespace text {
namespace {

class Reader {
public:
    Reader(std::string_view text, char separator) : text_(text), separator_(separator) {}

    std::vector<CsvRow> rows()
    {
        std::vector<CsvRow> all;
        while (at_ < text_.size()) {
            all.push_back(row());
        }
        return all;
    }

private:
    CsvRow row()
    {
        CsvRow fields;
        for (;;) {
            fields.push_back(at_ < text_.size() && text_[at_] == '"' ? quoted() : plain());
            if (at_ < text_.size() && text_[at_] == separator_) {
                ++at_;
                continue;
            }
            endOfLine();
            return fields;
        }
    }

    std::string plain()
    {
        const std::size_t start = at_;
        while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') {
            ++at_;
        }
        return std::string(text_.substr(start, at_ - start));
    }

    std::string quoted()
    {
        const std::size_t start = at_++;
        std::string field;
        for (;;) {
            if (at_ == text_.size()) {
                fail("the quote is not closed", start);
            }
            const char c = text_[at_++];
            if (c != '"') {
                field.push_back(c);
            } else if (at_ < text_.size() && text_[at_] == '"') {
                field.push_back('"');
                ++at_;
            } else {
                return field;
            }
        }
    }

    void endOfLine()
    {
        if (at_ == text_.size()) {
            return;
        }
        if (text_[at_] == '\r') {
            ++at_;
        }
        if (at_ < text_.size() && text_[at_] == '\n') {
            ++at_;
            return;
        }
        fail("text behind a closing quote", at_);
    }

    [[noreturn]] static void fail(const char* what, std::size_t at)
    {
        std::ostringstream message;
        message << what << " (offset " << at << ')';
        throw CsvError(message.str());
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
};

bool needsQuotes(const std::string& field, char separator)
{
    return field.find_first_of("\"\r\n") != std::string::npos || field.find(separator) != std::string::npos;
}

}

std::vector<CsvRow> readCsv(std::string_view text, char separator)
{
    return Reader(text, separator).rows();
}

std::string writeCsv(const std::vector<CsvRow>& rows, char separator)
{
    std::string text;
    for (const CsvRow& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0) {
                text.push_back(separator);
            }
            if (!needsQuotes(row[i], separator)) {
                text += row[i];
                continue;
            }
            text.push_back('"');
            for (char c : row[i]) {
                text.append(c == '"' ? 2 : 1, c);
            }
            text.push_back('"');
        }
        text += "\r\n";
    }
    return text;
}

}
