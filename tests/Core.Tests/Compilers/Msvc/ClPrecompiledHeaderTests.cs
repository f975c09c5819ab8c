using System.Text;
using DistBuild.Core.Compilers;
using DistBuild.Core.Compilers.Msvc;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Compilers.Msvc;

[TestClass]
public sealed class ClPrecompiledHeaderTests
{
    [TestMethod]
    [DataRow("#include \"pch.h\"\nint a;", true)]
    [DataRow("// x\n/* y */\n  # include \"pch.h\" // z\n", true)]
    [DataRow("\uFEFF#include \"pch.h\"\n", true)]
    [DataRow("#define X 1\n#include \"pch.h\"\n", false)]
    [DataRow("int a;\n#include \"pch.h\"\n", false)]
    [DataRow("#include \"other.h\"\n#include \"pch.h\"\n", false)]
    [DataRow("#include <pch.h>\n", false)]
    [DataRow("", false)]
    public void A_text_stands_for_a_user_only_when_the_header_comes_first(string source, bool first) =>
        Assert.AreEqual(first, new ClPrecompiledHeader("pch.h", "x.pch").ComesFirst(Encoding.UTF8.GetBytes(source), []));

    [TestMethod]
    public void A_header_that_is_forced_to_come_first_comes_first()
    {
        ClPrecompiledHeader header = new("dir/pch.h", "x.pch");

        Assert.IsTrue(header.ComesFirst("int a;"u8, ["dir\\pch.h"]));
        Assert.IsFalse(header.ComesFirst("#include \"dir/pch.h\""u8, ["other.h", "dir/pch.h"]));
    }

    [TestMethod]
    public async Task What_stands_before_the_header_keeps_a_user_here_77()
    {
        using CompilerLab lab = ClLab.Create();
        await ClLab.MakePrecompiledHeaderAsync(lab);
        lab.Write("user.cpp", "#define H 9\n#include \"pch.h\"\nint user() { return H; }\n");
        CompileCommand command = lab.Compile("/Yupch.h /Fpx.pch", "user.cpp");

        Assert.Contains("/Yupch.h", CompilerLab.Family(command).Refuse(CompilerLab.Plans(command)[0].Job)!);
        lab.Write("user.cpp", "#include \"pch.h\"\nint user() { return H; }\n");
        RemoteJob job = CompilerLab.Plans(command)[0].Job;
        Assert.IsNull(CompilerLab.Family(command).Refuse(job));
        Assert.IsFalse(CompilerLab.Family(command).SaysTheSame(job, lab.Environment));
    }

    [TestMethod]
    [DataRow("/Yupch.h", "pch.pch")]
    [DataRow("/Yupch.h /Fpout/x", "out/x.pch")]
    [DataRow("/Yupch.h /Fp:out/x.bin", "out/x.bin")]
    [DataRow("/Yupch.h /Fpone.pch /Fptwo.pch", "two.pch")]
    [DataRow("/Yupch.h /Y-", null)]
    [DataRow("/O2", null)]
    public void Its_file_is_the_compilers_70_72(string options, string? file)
    {
        CompileCommand command = new("clang-cl", ["/c", .. options.Split(' '), "a.cpp"], "/", CompilerLab.CleanEnvironment);

        Assert.AreEqual(file, ClPrecompiledHeader.UsedBy(ClCommand.Read(ClDialect.ClangCl, command))?.File);
    }
}
