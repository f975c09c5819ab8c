#include "gtest/gtest.h"

#include "text/csv.h"
#include "text/distance.h"
#include "text/glob.h"
#include "text/split.h"
#include "text/table.h"
#include "text/utf8.h"
#include "text/wrap.h"

namespace {

TEST(Utf8, CountsColumnsAndRefusesBadBytes)
{
    EXPECT_EQ(text::columns("na\xc3\xafve"), 5u);
    EXPECT_EQ(text::columns("\xe4\xbd\xa0\xe5\xa5\xbd"), 4u);
    EXPECT_TRUE(text::isValidUtf8("\xf0\x9f\x98\x80"));
    EXPECT_FALSE(text::isValidUtf8("\xc0\xaf")) << "overlong";
    EXPECT_FALSE(text::isValidUtf8("\xed\xa0\x80")) << "a surrogate";
    EXPECT_FALSE(text::isValidUtf8("\xe4\xbd")) << "cut off";
}

TEST(Split, KeepsEmptyPartsButNoEmptyWords)
{
    EXPECT_EQ(text::split("a,,b", ',').size(), 3u);
    EXPECT_EQ(text::words("  two  words "), (std::vector<std::string_view>{"two", "words"}));
    EXPECT_EQ(text::replaceAll("aaa", "a", "aa"), "aaaaaa");
    EXPECT_EQ(text::trim(" \t x \n"), "x");
}

TEST(Wrap, EvensTheLines)
{
    const std::vector<std::string> expected{"aaa", "bb cc", "ddddd"};
    EXPECT_EQ(text::wrap("aaa bb cc ddddd", 6), expected) << "greedy would put 'aaa bb' first";
    EXPECT_EQ(text::justify("a b c", 8), "a   b  c");
    EXPECT_TRUE(text::wrap("", 10).empty());
    EXPECT_EQ(text::wrap("incomprehensibilities is", 5).size(), 2u);
}

TEST(Glob, CrossesFoldersOnlyWithTwoStars)
{
    EXPECT_TRUE(text::globMatches("src/*.cpp", "src/main.cpp"));
    EXPECT_FALSE(text::globMatches("src/*.cpp", "src/sub/main.cpp"));
    EXPECT_TRUE(text::globMatches("src/**.cpp", "src/sub/main.cpp"));
    EXPECT_TRUE(text::globMatches("[!a-c]?.h", "dx.h"));
    EXPECT_FALSE(text::globMatches("[!a-c]?.h", "bx.h"));
    EXPECT_TRUE(text::globMatches("[", "["));
}

TEST(Distance, CountsSwapsOnce)
{
    EXPECT_EQ(text::editDistance("checksum", "chekcsum"), 1u);
    EXPECT_EQ(text::editDistance("", "abc"), 3u);
    EXPECT_EQ(text::didYouMean("jsn", {"json", "pack"}), "json");
    EXPECT_EQ(text::didYouMean("elephant", {"json", "pack"}), std::nullopt);
}

TEST(Diff, ShowsWhatWasAddedAndRemoved)
{
    const auto lines = text::diff({"a", "b", "c"}, {"a", "c", "d"});
    ASSERT_EQ(lines.size(), 4u);
    EXPECT_EQ(lines[1].change, text::Change::Removed);
    EXPECT_EQ(lines[1].line, "b");
    EXPECT_EQ(lines[3].change, text::Change::Added);
}

TEST(Csv, GoesThereAndBack)
{
    const std::vector<text::CsvRow> rows{{"plain", "with, comma", "with \"quotes\""}, {"", "line\nend", ""}};
    EXPECT_EQ(text::readCsv(text::writeCsv(rows)), rows);
    EXPECT_THROW(text::readCsv("\"open"), text::CsvError);
    EXPECT_THROW(text::readCsv("\"a\"b"), text::CsvError);
}

TEST(Table, AlignsColumns)
{
    text::Table table({"name", "size"});
    table.align(1, text::Align::Right);
    table.add({"a", "10"});
    EXPECT_EQ(table.toString(), "name  size\n----  ----\na       10\n");
    EXPECT_THROW(table.add({"too few"}), std::invalid_argument);
}

}
