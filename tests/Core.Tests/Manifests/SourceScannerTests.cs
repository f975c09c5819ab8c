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
    [DataRow("#if __has_include_next(X)")]
    [DataRow("#if 1 && \\\n#define __has_include(X)")]
    [DataRow("#define __has_include(X) __has_include_next(X)")]
    [DataRow("asm(\".INCBIN \\\"data\\\"\");")]
    [DataRow("asm(\".IncBin \\\"data\\\"\");")]
    [DataRow("asm(\".inc\\x62in \\\"data\\\"\");")]
    [DataRow("asm(TEXT);")]
    [DataRow("#define LATE asm")]
    [DataRow("/* */ # /* */ embed \"a.bin\"")]
    [DataRow("??=embed <a.bin>")]
    [DataRow("__TI\\  \nME__")]
    [DataRow("__TI\\\n\\\nME__")]
    [DataRow("__TI??/\nME__")]
    [DataRow("PASTE(__TI, ME__)")]
    [DataRow("PASTE(__DATE, __)")]
    [DataRow("#define AROUND(x) __##x##__")]
    [DataRow("#define BEHIND(x) x %:%: __")]
    [DataRow("__TI\\\nME__")]
    [DataRow("#pragma GCC pch_preprocess \"x.gch\"")]
    public void Lines_47_49_50_54_What_no_file_content_can_tell_is_refused(string text) => Assert.IsNotNull(Scan(text).Refusal ?? Scan(text).OwnRefusal);

    [TestMethod]
    [DataRow("int x__TIME__y;")]
    [DataRow("MY__DATE__ 1")]
    [DataRow("int embed = 1; embed(2);")]
    [DataRow("asm(\"nop\"); // includes nothing")]
    [DataRow("#define LIST(x) \\\n  x")]
    [DataRow("#include \"embed.h\"")]
    [DataRow("asm volatile (\"mov %0, %1\" : \"=r\"(a) : \"r\"(b) : \"memory\");")]
    [DataRow("plasma(\".include\");")]
    [DataRow("#define JOIN(a, b) a##_##b")]
    [DataRow("#define LIST(x) \\\n  x\nint TIME, DATE;")]
    [DataRow("/* see __has_include_next */")]
    [DataRow("#ifndef __has_include\n#define __has_include(header) 0\n#endif")]
    [DataRow(" # define\t__has_include(header) 0")]
    public void Words_that_only_look_alike_pass(string text) => Assert.IsNull(Scan(text).Refusal ?? Scan(text).OwnRefusal);

    [TestMethod]
    [DataRow("#include <a.h>\n#  include \"b.h\"\n%:include <c.h>", "<a.h> \"b.h\" <c.h>")]
    [DataRow("# /* x */ include /* y */ \"a.h\"", "\"a.h\"")]
    [DataRow("#\\\ninclude \\\n <a.h>", "<a.h>")]
    [DataRow("#include_next <a.h>\n#import \"b.h\"", "next <a.h> \"b.h\"")]
    [DataRow("#if 0\n#include \"never.h\"\n#endif", "\"never.h\"")]
    [DataRow("int include, imports; f(include);", "")]
    [DataRow("/* one */#include <a.h>\n \t\f\v# include <b.h>\r#include <c.h>", "<a.h> <b.h> <c.h>")]
    [DataRow("int a; \\\n#include <a.h>", "<a.h>")]
    [DataRow("\uFEFF#include <a.h>", "<a.h>")]
    [DataRow("/** You should @c \\#include this file", "")]
    [DataRow("#define TEXT(x) x #include\nTEXT(y)", "")]
    public void Line_52_every_name_that_is_included_is_read(string text, string names)
    {
        SourceTraits traits = Scan(text);

        CollectionAssert.AreEquivalent(
            names.Replace("next ", "next").Split(' ', StringSplitOptions.RemoveEmptyEntries),
            traits.Includes.Select(name => (name.Next ? "next" : "") + (name.Quoted ? $"\"{name.Name}\"" : $"<{name.Name}>")).ToArray());
        Assert.IsFalse(traits.ComputesIncludes);
    }

    [TestMethod]
    [DataRow("#include NAME")]
    [DataRow("#include_next NAME(x)")]
    [DataRow("#include \"a\\\nb.h\"")]
    [DataRow("#inc\\\nlude \"a.h\"")]
    [DataRow("/* x */ #include NAME")]
    [DataRow("\uFEFF  ??=include NAME")]
    public void Line_52_an_include_that_is_no_plain_name_is_noticed(string text) => Assert.IsTrue(Scan(text).ComputesIncludes);

    [TestMethod]
    public void Line_51_every_plain_operand_of_has_include_is_a_probe()
    {
        SourceTraits traits = Scan("#if defined(__has_include)\n#if __has_include(<tbb/tbb.h>) || __has_include ( \"local.h\")\n#endif\n#ifdef __has_include\n");

        Assert.IsNull(traits.Refusal);
        CollectionAssert.AreEqual(new[] { new IncludeProbe("tbb/tbb.h", false), new IncludeProbe("local.h", true) }, traits.Probes.ToArray());
    }

    [TestMethod]
    public void Line_47_a_token_is_found_at_every_position()
    {
        for (int before = 0; before < 100; before++)
        {
            Assert.IsNotNull(Scan(new string(' ', before) + "__TIME__").Refusal, $"after {before} bytes");
        }
    }

    private static SourceTraits Scan(string text) => SourceScanner.Scan(Encoding.UTF8.GetBytes(text));
}
