using System.Text;
using DistBuild.Core.Compilers.Gcc;
using DistBuild.Core.Processes;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Compilers;

[TestClass]
public sealed class ResponseFileTests
{
    [TestMethod]
    [DataRow("-DA -DB", "-DA|-DB")]
    [DataRow("  -DA\r\n\t-DB\n", "-DA|-DB")]
    [DataRow("'-DA=x y' \"-DB=\\\"q\\\"\"", "-DA=x y|-DB=\"q\"")]
    [DataRow("-DA=\\\\x -DB\\ C", "-DA=\\x|-DB C")]
    [DataRow("-D'A B'C\"D E\"", "-DA BCD E")]
    [DataRow("'' x", "|x")]
    [DataRow("'a\\'b'", "a'b")]
    [DataRow("", "")]
    [DataRow("\\", "")]
    public void Words_are_split_as_gcc_splits_them_26(string text, string words) =>
        Assert.AreEqual(words, string.Join('|', ResponseFiles.Split(text)));

    [TestMethod]
    public void Files_name_further_files_and_a_missing_one_stays_an_argument_26_27()
    {
        using CompilerLab lab = new();
        lab.Write("first", "-DA @second -DD");
        lab.Write("second", "-DB @none");

        Assert.AreEqual("-c|-DA|-DB|@none|-DD", string.Join('|', ResponseFiles.Expand(lab.Command("gcc", "-c", "@first"))));
    }

    [TestMethod]
    public void A_file_that_names_itself_comes_to_an_end_26()
    {
        using CompilerLab lab = new();
        lab.Write("loop", "-DA @loop");

        Assert.IsInstanceOfType<CommandVerdict.RunLocally>(CompilerLab.Parse(lab.Command("gcc", "-c", "a.c", "@loop")));
    }

    [TestMethod]
    public void Bytes_that_are_no_text_are_refused_26()
    {
        using CompilerLab lab = new();
        lab.Write("bytes", [(byte)'-', (byte)'D', 0xE9]);

        CommandVerdict.RunLocally local = (CommandVerdict.RunLocally)CompilerLab.Parse(lab.Command("gcc", "-c", "a.c", "@bytes"));
        Assert.AreEqual("@bytes", local.Argument);
    }

    [TestMethod]
    public void The_key_has_the_contents_and_not_the_name_26()
    {
        using CompilerLab lab = new();
        lab.Write("one", "-O2 -Wall");
        lab.Write("two", "-O2\n'-Wall'");
        lab.Write("three", "-O3 -Wall");

        string[] keys = [.. ((string[])["@one", "@two", "@three"]).Select(file => string.Join(' ', CompilerLab.Cacheable(lab.Command("gcc", "-c", "a.c", file)).KeyArguments))];
        Assert.AreEqual(keys[0], keys[1]);
        Assert.AreNotEqual(keys[0], keys[2]);
    }

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    public async Task The_compiler_itself_reads_the_same_words_26(string compiler)
    {
        using CompilerLab lab = new();
        lab.Write("a.c", "A B C\n");
        lab.Write("args", "-DA=x\\\\y '-DB=1 2' \"-DC='3 \\\"4\\\"'\"");

        CompileCommand command = lab.Command(compiler, "-E", "-P", "a.c", "@args");
        ProcessResult direct = await CompilerLab.SucceedAsync(command);
        ProcessResult expanded = await CompilerLab.SucceedAsync(command with { Arguments = ResponseFiles.Expand(command) });

        Assert.Contains("x\\y", Encoding.UTF8.GetString(direct.Output));
        CollectionAssert.AreEqual(direct.Output, expanded.Output);
    }
}
