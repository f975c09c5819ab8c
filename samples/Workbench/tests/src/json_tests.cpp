#include "gtest/gtest.h"

#include "text/json.h"

namespace {

using text::JsonError;
using text::JsonValue;

TEST(Json, ReadsWhatItWrites)
{
    const JsonValue document = text::readJson(R"({"b": [1, 2.5, -3e2], "a": {"x": null, "y": true}, "c": "\u00e9\ud83d\ude00\n"})");
    EXPECT_EQ(text::readJson(text::writeJson(document)), document);
    EXPECT_EQ(text::readJson(text::writeJson(document, 4)), document);
    EXPECT_EQ(text::writeJson(document.at("b")), "[1,2.5,-300]");
    EXPECT_EQ(document.at("c").asString(), "\xc3\xa9\xf0\x9f\x98\x80\n");
}

TEST(Json, FollowsAPath)
{
    const JsonValue document = text::readJson(R"({"people": [{"name": "Ada"}, {"name": "Grace"}]})");
    EXPECT_EQ(document.at("people/1/name").asString(), "Grace");
    EXPECT_THROW(document.at("people/2"), JsonError);
    EXPECT_THROW(document.at("people/x"), JsonError);
    EXPECT_THROW(document.at("cats"), JsonError);
}

class Malformed : public testing::TestWithParam<const char*> {};

TEST_P(Malformed, IsRefused)
{
    EXPECT_THROW(text::readJson(GetParam()), JsonError) << GetParam();
}

INSTANTIATE_TEST_SUITE_P(Texts, Malformed, testing::Values("", "{", "[1,]", "[1 2]", "{\"a\"}", "{a:1}", "\"\\x\"", "\"\\ud800\\u0041\"", "tru", "1-", "[] []"));

TEST(Json, SaysWhereItFailed)
{
    try {
        text::readJson("[1, 2, x]");
        FAIL() << "no error";
    } catch (const JsonError& e) {
        EXPECT_EQ(e.offset(), 7u);
    }
}

TEST(Json, DoesNotExhaustTheStack)
{
    EXPECT_THROW(text::readJson(std::string(100000, '[')), JsonError);
}

}
