using DistBuild.Core.Compilers;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Compilers;

[TestClass]
public sealed class DependencyRulesTests
{
    [TestMethod]
    [DataRow("a.o: a.c b.h \\\n c.h\n", "a.c|b.h|c.h")]
    [DataRow("a.o: a.c b.h\n\nb.h:\n\nc.h:\n", "a.c|b.h")]
    [DataRow("a.o b.o: a.c \\\r\n b.h\r\n", "a.c|b.h")]
    [DataRow("a.o: with\\ blank.c cost$$.h sharp\\#.h\n", "with blank.c|cost$.h|sharp#.h")]
    [DataRow("a.o: dir\\a.c dir\\\\b.h\n", "dir\\a.c|dir\\\\b.h")]
    [DataRow("a.o: C:\\src\\a.c C:/x.h\n", "C:\\src\\a.c|C:/x.h")]
    [DataRow("C:/out/a.o: a.c\n", "a.c")]
    [DataRow("a.o: a.c a.c b.h", "a.c|b.h")]
    [DataRow("a.o:\n", "")]
    [DataRow("", "")]
    [DataRow("\\", "")]
    [DataRow("a.o: a.c \\", "a.c|\\")]
    public void Prerequisites_are_read_as_make_reads_them(string rules, string files) =>
        Assert.AreEqual(files, string.Join('|', CompilerFamilies.ByName("gcc")!.ReadDependencies(rules)));

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    public async Task Names_that_make_must_escape_come_back_as_they_are(string compiler)
    {
        using CompilerLab lab = new();
        string[] names = ["a b.h", "cost$.h", "sharp#.h", "per%cent.h", "tab'quote.h", "colon:.h"];
        foreach (string name in names)
        {
            lab.Write("inc/" + name, "\n");
        }

        lab.Write("a.c", string.Concat(names.Select(name => $"#include \"inc/{name}\"\n")) + "int a;\n");
        CompileCommand command = lab.Command(compiler, "-c", "a.c", "-o", "a b#$.o");
        ICompilerFamily family = CompilerLab.Family(command);
        await CompilerLab.SucceedAsync(family.CompileSource(command, CompilerLab.Cacheable(command), "b.o", "b.d"));

        IReadOnlyList<string> files = family.ReadDependencies(await File.ReadAllTextAsync(command.FullPath("b.d")));
        CollectionAssert.IsSubsetOf(names.Select(name => "inc/" + name).ToArray(), files.Select(file => file.Replace("./", "", StringComparison.Ordinal)).ToArray());
    }

    [TestMethod]
    [DataRow("gcc", "-MD")]
    [DataRow("gcc", "-MMD -MP")]
    [DataRow("gcc", "-MD -MF own.d")]
    [DataRow("gcc", "-MMD -MT target$ -MQ quoted$")]
    [DataRow("clang-19", "-MD")]
    [DataRow("clang-19", "-MMD -MP -MF own.d")]
    [DataRow("clang-19", "-MD -MT target$ -MQ quoted$")]
    public async Task The_users_dependency_file_is_what_the_compiler_would_have_written_25_88(string compiler, string options)
    {
        using CompilerLab lab = new();
        lab.Write("unit.h", GeneratedUnits.Header);
        lab.Write("unit.c", GeneratedUnits.C);
        lab.Write("out dir/.keep", "");
        CompileCommand command = lab.Command(compiler, [.. options.Split(' '), "-c", "unit.c", "-o", "out dir/unit.o"]);
        CommandVerdict.Cacheable verdict = CompilerLab.Cacheable(command);
        ICompilerFamily family = CompilerLab.Family(command);
        await CompilerLab.SucceedAsync(command);

        await CompilerLab.SucceedAsync(family.CompileSource(command, verdict, "temporary.o", "temporary.d"));
        IDependencyFiles writer = (IDependencyFiles)family;
        if (writer.OmitsSystemHeaders(command))
        {
            await CompilerLab.SucceedAsync(writer.OnlyWriteDependencies(command, verdict, "temporary.d"));
        }

        Assert.AreEqual(await File.ReadAllTextAsync(command.FullPath(verdict.DependencyFile!)), await File.ReadAllTextAsync(command.FullPath("temporary.d")));
        CollectionAssert.AreEqual(await File.ReadAllBytesAsync(command.FullPath("out dir/unit.o")), await File.ReadAllBytesAsync(command.FullPath("temporary.o")));
    }

    [TestMethod]
    public async Task A_source_after_the_end_of_options_is_compiled_all_the_same()
    {
        using CompilerLab lab = new();
        lab.Write("odd.c", "const char *file = __FILE__;\n");
        CompileCommand command = lab.Command("clang-19", "-c", "-o", "odd.o", "--", "odd.c");
        PlainCompile plain = await CompilerLab.CompilePlainAsync(command);

        await CompilerLab.SucceedAsync(CompilerLab.Family(command).CompileSource(command, CompilerLab.Cacheable(command), "t.o", "t.d"));
        PreprocessPlan plan = CompilerLab.Plans(command)[0];
        PlainCompile remote = await lab.CompileTextAsync(command, plan, (await CompilerLab.PreprocessAsync(plan)).Text);

        CollectionAssert.AreEqual(plain.Object, await File.ReadAllBytesAsync(command.FullPath("t.o")));
        CollectionAssert.AreEqual(plain.Object, remote.Object);
    }
}
