using System.Text;
using DistBuild.Core.Compilers.Msvc;
using DistBuild.Core.Processes;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Compilers.Msvc;

/// <summary>Response files and environment variables, and that clang-cl reads them as this product does.</summary>
[TestClass]
public sealed class ClWordsTests
{
    [TestMethod]
    [DataRow("a  b\tc\r\nd", "a|b|c|d")]
    [DataRow("\"a b\" c", "a b|c")]
    [DataRow("/D\"a b\"c", "/Da bc")]
    [DataRow("\"\" x", "|x")]
    [DataRow("a\\b \\\\server\\x", "a\\b|\\\\server\\x")]
    [DataRow("\"x\\\\\" y", "x\\|y")]
    [DataRow("\"x\\\" y\"", "x\" y")]
    [DataRow("a\\\"b", "a\"b")]
    [DataRow("\"a\"\"b\"", "a\"b")]
    [DataRow("'a b'", "'a|b'")]
    [DataRow("\"open end", "open end")]
    [DataRow("  ", "")]
    public void Words_are_split_as_Windows_does_26(string text, string words) =>
        CollectionAssert.AreEqual(words.Length == 0 ? [] : words.Split('|'), WindowsWords.Split(text).ToArray());

    [TestMethod]
    public async Task A_response_file_in_any_encoding_says_what_its_words_say_26()
    {
        const string Words = "/c \"/DNAME=\\\"déjà vu\\\"\"\r\n/O1 /DA=a\\b a.cpp";
        using CompilerLab lab = ClLab.Create();
        lab.Write("a.cpp", "const char *name = NAME;\n");
        Encoding[] encodings = [new UTF8Encoding(false), new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true)];
        byte[]? first = null;
        foreach (Encoding encoding in encodings)
        {
            lab.Write("all.rsp", [.. encoding.GetPreamble(), .. encoding.GetBytes(Words)]);
            CompileCommand command = lab.Command(ClLab.Compiler, "@all.rsp", "/Brepro");
            CommandVerdict.Cacheable verdict = CompilerLab.Cacheable(command);
            CollectionAssert.Contains(verdict.PreprocessorArguments.ToArray(), "/DNAME=\"déjà vu\"");
            Assert.AreEqual("a.cpp", verdict.Source);

            byte[] plain = (await CompilerLab.CompilePlainAsync(command)).Object;
            await CompilerLab.SucceedAsync(CompilerLab.Family(command).CompileSource(command, verdict, Path.Combine(lab.Project, "x.tmp"), Path.Combine(lab.Project, "x.d")));
            CollectionAssert.AreEqual(plain, await File.ReadAllBytesAsync(Path.Combine(lab.Project, "x.tmp")));
            CollectionAssert.AreEqual(first ??= plain, plain);
        }
    }

    [TestMethod]
    public void Without_a_mark_cl_reads_a_response_file_in_code_page_1252_and_clang_takes_no_bytes_that_are_no_text()
    {
        byte[] bytes = [.. "/DE="u8, 0x80, 0xE9, 0x9F];

        Assert.AreEqual("/DE=€éŸ", ClResponseFiles.Decode(bytes, isClang: false));
        using CompilerLab lab = new();
        lab.Write("odd.rsp", bytes);
        Assert.Contains("not text", ((CommandVerdict.RunLocally)CompilerLab.Parse(lab.Command(ClLab.Compiler, "/c", "a.cpp", "@odd.rsp"))).Why);
        lab.Write("odd.rsp", [0xFF, 0xFE, (byte)'/', 0, (byte)'c']);
        Assert.Contains("not text", ((CommandVerdict.RunLocally)CompilerLab.Parse(lab.Command(ClLab.Compiler, "/c", "a.cpp", "@odd.rsp"))).Why);
    }

    [TestMethod]
    public void Clang_follows_response_files_inside_one_and_cl_does_not_26()
    {
        using CompilerLab lab = new();
        lab.Write("outer.rsp", "/O2 @inner.rsp");
        lab.Write("inner.rsp", "/DINNER");
        CompileCommand command = lab.Command(ClLab.Compiler, "/c", "@outer.rsp", "a.cpp");

        CollectionAssert.Contains(CompilerLab.Cacheable(command).PreprocessorArguments.ToArray(), "/DINNER");
        Assert.AreEqual("a.cpp", ((CommandVerdict.RunLocally)new ClFamily().Parse(command)).Argument, "@inner.rsp is a file name to cl");
        lab.Write("inner.rsp", "@outer.rsp");
        Assert.Contains("each other", ((CommandVerdict.RunLocally)CompilerLab.Parse(command)).Why);
    }

    [TestMethod]
    public async Task The_variables_CL_and__CL__stand_around_the_command_28()
    {
        using CompilerLab lab = ClLab.Create();
        lab.Write("a.cpp", "int value = FIRST + SECOND;\n");
        lab.Environment["CL"] = "/DFIRST#1 /O1";
        lab.Environment["_CL_"] = "/DSECOND#2 /O2";
        CompileCommand command = lab.Command(ClLab.Compiler, "/Brepro", "/c", "a.cpp");
        CommandVerdict.Cacheable verdict = CompilerLab.Cacheable(command);
        CollectionAssert.AreEqual(new[] { "/DFIRST=1", "/O1", "/Brepro", "/DSECOND=2", "/O2" }, verdict.PreprocessorArguments.ToArray());

        byte[] plain = (await CompilerLab.CompilePlainAsync(command)).Object;
        CompileCommand engine = CompilerLab.Family(command).CompileSource(command, verdict, Path.Combine(lab.Project, "x.tmp"), Path.Combine(lab.Project, "x.d"));
        Assert.IsFalse(engine.Environment.ContainsKey("CL"), "its words would count twice");
        ProcessResult result = await CompilerLab.SucceedAsync(engine);

        Assert.IsEmpty(result.Errors);
        CollectionAssert.AreEqual(plain, await File.ReadAllBytesAsync(Path.Combine(lab.Project, "x.tmp")));
        lab.Environment["CL"] = "@x.rsp";
        Assert.AreEqual("@x.rsp", ((CommandVerdict.RunLocally)CompilerLab.Parse(command)).Argument);
    }
}
