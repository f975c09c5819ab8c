using System.Text;
using DistBuild.Core.Compilers;
using DistBuild.Core.Processes;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Compilers;

[TestClass]
public sealed class LineMarkersTests
{
    [TestMethod]
    [DataRow("# 1 \"a.c\"\n# 1 \"/cwd//\"\n# 1 \"<built-in>\"\n# 1 \"<command-line>\"\n# 1 \"b.h\" 1 3\n# 2 \"a.c\" 2\n", "a.c|b.h")]
    [DataRow("#line 12 \"y.y\"\n# line 3 \"z\"\n#  4   \"w\"\n#\t5\t\"v\"\n", "y.y|w|v")]
    [DataRow("# 1 \"with \\\"quote\\\" and \\\\ and \\303\\251\"\n", "with \"quote\" and \\ and é")]
    [DataRow("int a; # 1 \"not at the start\"\n", "")]
    [DataRow("#define X \"no\"\n#pragma x \"no\"\n#1 \"no\"\n# 1 no\n# 1 \"open\n# 1\n#", "")]
    [DataRow("", "")]
    [DataRow("# 1 \"last\"", "last")]
    public void Files_are_read_once_and_in_order(string text, string files) => Assert.AreEqual(files, string.Join('|', Read(text)));

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    public async Task Every_file_a_compile_reads_is_in_the_text(string compiler)
    {
        using CompilerLab lab = new();
        lab.Write("dir with \"quotes\"/é.h", "int e;\n");
        lab.Write("a.c", "#include <stdio.h>\n#include <é.h>\n");
        CompileCommand command = lab.Command(compiler, "-g", "-I", "dir with \"quotes\"", "-c", "a.c", "-o", "a.o");
        ICompilerFamily family = CompilerLab.Family(command);
        await CompilerLab.SucceedAsync(family.CompileSource(command, CompilerLab.Cacheable(command), "b.o", "b.d"));
        string[] dependencies = [.. family.ReadDependencies(await File.ReadAllTextAsync(command.FullPath("b.d"))).Select(command.FullPath)];

        foreach (PreprocessPlan plan in CompilerLab.Plans(command))
        {
            ProcessResult result = await CompilerLab.SucceedAsync(plan.Command);
            string[] files = [.. family.ReadLineMarkers([.. plan.Prefix.Span, .. result.Output]).Select(command.FullPath)];

            CollectionAssert.AreEquivalent(dependencies, files);
            Assert.Contains(command.FullPath("dir with \"quotes\"/é.h"), files);
        }
    }

    [TestMethod]
    public void Damaged_text_is_read_to_its_end()
    {
        byte[] text = Encoding.UTF8.GetBytes("# 1 \"a\\\n# 1 \"b\\12\"\n# 99999999999999999999 \"c\" 1\n# 1 \"\"\n#line\n#line 1\n");
        for (int length = 0; length <= text.Length; length++)
        {
            CompilerFamilies.ByName("gcc")!.ReadLineMarkers(text.AsSpan(0, length));
        }

        CollectionAssert.Contains(Read(Encoding.UTF8.GetString(text)).ToArray(), "c");
    }

    private static IReadOnlyList<string> Read(string text) => CompilerFamilies.ByName("gcc")!.ReadLineMarkers(Encoding.UTF8.GetBytes(text));
}
