#include "commands.h"

#include <array>
#include <iomanip>
#include <ostream>
#include <sstream>

#include "checksums/checksums.h"
#include "text/table.h"

namespace app {
namespace {

template <std::size_t Size>
std::string hex(const std::array<std::uint8_t, Size>& digest)
{
    std::string text(2 * Size + 1, '\0');
    hex_encode(digest.data(), digest.size(), text.data());
    text.pop_back();
    return text;
}

}

void checksumCommand(const Arguments& arguments, std::ostream& out)
{
    text::Table table({"file", "CRC-32", "SHA-1", "SHA-256"});
    for (const std::string& path : arguments) {
        const std::string content = readFile(path);
        std::array<std::uint8_t, SHA1_SIZE> short_digest{};
        std::array<std::uint8_t, SHA256_SIZE> long_digest{};
        sha1(content.data(), content.size(), short_digest.data());
        sha256(content.data(), content.size(), long_digest.data());
        std::ostringstream crc;
        crc << std::hex << std::setw(8) << std::setfill('0') << crc32_update(0, content.data(), content.size());
        table.add({path, crc.str(), hex(short_digest), hex(long_digest)});
    }
    out << table.toString();
}

}
