using System.Text;
using DistBuild.Core.Units.Manifests;

namespace DistBuild.Core.Tests.Manifests;

/// <summary>Numbers in names are lines of docs/caching.md.</summary>
[TestClass]
public sealed class SourceScannerTests
{
    [TestMethod]
    [DataRow("const char* t = __TIME__;")]
    [DataRow("__DATE__")]
    [DataRow("x=__TIMESTAMP__;")]
    [DataRow("asm(\".incbin \\\"data\\\"\");")]
    [DataRow("asm(\".inc\" \"bin \\\"data\\\"\");")]
    [DataRow("asm(\".inc\"\n   \"bin \\\"data\\\"\");")]
    [DataRow("__asm__(\".include \\\"a.s\\\"\");")]
    [DataRow("#embed \"a.bin\"")]
    [DataRow("#  embed <a.bin>")]
    [DataRow("# \\\n embed <a.bin>")]
    [DataRow("%:embed <a.bin>")]
    [DataRow("#if __has_embed(\"x\")")]
    [DataRow("#if __has_include(NAME)")]
    [DataRow("#if __has_include_next(<x.h>)")]
    [DataRow("__TI\\\nME__")]
    [DataRow("#pragma GCC pch_preprocess \"x.gch\"")]
    public void What_no_file_content_can_tell_is_refused(string text) => Assert.IsNotNull(Scan(text).Refusal);

    [TestMethod]
    [DataRow("int x__TIME__y;")]
    [DataRow("MY__DATE__ 1")]
    [DataRow("int embed = 1; embed(2);")]
    [DataRow("asm(\"nop\"); // includes nothing")]
    [DataRow("#define LIST(x) \\\n  x")]
    [DataRow("#include \"embed.h\"")]
    public void Words_that_only_look_alike_pass(string text) => Assert.IsNull(Scan(text).Refusal);

    [TestMethod]
    public void Line_51_every_plain_operand_of_has_include_is_a_probe()
    {
        SourceTraits traits = Scan("#if defined(__has_include)\n#if __has_include(<tbb/tbb.h>) || __has_include ( \"local.h\")\n#endif\n#ifdef __has_include\n");

        Assert.IsNull(traits.Refusal);
        CollectionAssert.AreEqual(new[] { new IncludeProbe("tbb/tbb.h", false), new IncludeProbe("local.h", true) }, traits.Probes.ToArray());
    }

    [TestMethod]
    public void A_token_is_found_at_every_position()
    {
        for (int before = 0; before < 100; before++)
        {
            Assert.IsNotNull(Scan(new string(' ', before) + "__TIME__").Refusal, $"after {before} bytes");
        }
    }

    private static SourceTraits Scan(string text) => SourceScanner.Scan(Encoding.UTF8.GetBytes(text));
}
