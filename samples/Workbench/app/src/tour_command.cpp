#include "commands.h"

#include <iomanip>
#include <ostream>
#include <string_view>

#include "archive/container.h"
#include "checksums/checksums.h"
#include "numeric/decomposition.h"
#include "numeric/polynomial.h"
#include "numeric/rational.h"
#include "text/wrap.h"

namespace app {
namespace {

constexpr std::string_view Paragraph =
    "A paragraph is broken into lines so that the free space at their ends is as even as it can be, "
    "which no greedy algorithm achieves: it fills each line as far as it goes and leaves the last ones ragged.";

}

void tourCommand(const Arguments&, std::ostream& out)
{
    const std::vector<std::string> lines = text::wrap(Paragraph, 60);
    for (const std::string& line : lines) {
        out << (&line == &lines.back() ? line : text::justify(line, 60)) << '\n';
    }

    const numeric::LuDecomposition system({{2, 1, -1}, {-3, -1, 2}, {-2, 1, 2}});
    out << "determinant " << system.determinant() << ", solution";
    for (const double x : system.solve({8, -11, -3})) {
        out << ' ' << std::setprecision(4) << x;
    }
    out << '\n';

    const numeric::Polynomial polynomial = numeric::Polynomial({-1, 1}) * numeric::Polynomial({2, 1});
    out << polynomial.toString() << " has the roots";
    for (const auto& root : polynomial.roots()) {
        out << ' ' << root.real();
    }
    out << "; pi is about " << numeric::approximate(3.14159265358979, 1e-6) << '\n';

    const archive::Bytes bytes(Paragraph.begin(), Paragraph.end());
    const auto back = archive::readArchive(archive::writeArchive({{"paragraph", bytes}}));
    out << "crc " << std::hex << crc32_update(0, back[0].content.data(), back[0].content.size()) << std::dec << '\n';
}

}
