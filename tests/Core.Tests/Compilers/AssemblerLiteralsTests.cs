using System.Text;
using DistBuild.Core.Compilers;
using DistBuild.Core.Processes;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Compilers;

/// <summary>Strings that an agent without a sandbox does not give its compilers.</summary>
[TestClass]
public sealed class AssemblerLiteralsTests
{
    private static readonly string[] Families = ["gcc", "clang", "clang-cl"];

    [TestMethod]
    [DataRow("__attribute__((section(\".a\\n.inc\" \"bin \\\"f\\\"\\n\"))) int x;\n")]
    [DataRow("const char* s = \".\" /* */ \"INC\" L\"LUDE\";\n")]
    [DataRow("const char* s = R\"(.incbin)\" \"\";\n")]
    [DataRow("const char* s = \".\\151ncbin\";\n")]
    public void A_string_that_speaks_to_the_assembler_is_found(string text)
    {
        foreach (string family in Families)
        {
            Assert.IsNotNull(MayRead(family, Encoding.UTF8.GetBytes(text)), family);
        }
    }

    [TestMethod]
    [DataRow("gcc", "-E -fdirectives-only")]
    [DataRow("clang-19", "-E -frewrite-includes")]
    public async Task Texts_of_the_standard_library_are_not_suspected(string compiler, string preprocess)
    {
        using CompilerLab lab = new();
        lab.Write("a.cpp", "#include <vector>\n#include <string>\n#include <regex>\n#include <thread>\n#include <filesystem>\nint a;\n");
        CompileCommand command = lab.Command(compiler, ["-std=c++20", .. preprocess.Split(' '), "a.cpp"]);

        ProcessResult text = await ProcessRunner.RunAsync(ProcessRequest.For(command), CancellationToken.None);

        Assert.AreEqual(0, text.ExitCode);
        Assert.IsNull(MayRead(compiler.Split('-')[0], text.Output));
    }

    [TestMethod]
    public void Every_beginning_and_end_of_a_text_is_read()
    {
        byte[] text = Encoding.UTF8.GetBytes("asm(\".a\" R\"x(.)x\" \"\\x2e\\\"\"); // \\\n/* */ u8\"\\\\\" L'\\'' 1'0 \"");
        foreach (string family in Families)
        {
            for (int length = 0; length <= text.Length; length++)
            {
                Assert.IsNull(MayRead(family, text[..length]));
                Assert.IsNull(MayRead(family, text[length..]));
            }
        }
    }

    private static string? MayRead(string family, byte[] text) => CompilerFamilies.ByName(family)!.MayReadFiles(new RemoteJob(family, "c++", []), text);
}
