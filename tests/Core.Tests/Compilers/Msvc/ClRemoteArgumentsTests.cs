using System.Text;
using DistBuild.Core.Compilers;
using DistBuild.Core.Processes;

namespace DistBuild.Core.Tests.Compilers.Msvc;

[TestClass]
public sealed class ClRemoteArgumentsTests
{
    private static readonly ICompilerFamily Family = CompilerFamilies.ByName("clang-cl")!;

    [TestMethod]
    [DataRow("/O2 /Ob1 /Oi- /Oxy /Od /MD /MTd /EHsc /EHs-c- /GR- /GS- /Gs4096 /Gy /Gw- /GF /Gd /Gv /Gregcall4 /J /Zp8 /Za /Zl /Zc:wchar_t- /Zc:__cplusplus /RTC1 /hotpatch /bigobj /utf-8")]
    [DataRow("/W4 /Wall /WX- /w /wd4996 /we4239 /w14640 /wo4100 /std:c++latest /permissive- /arch:AVX2 /tune:haswell /fp:fast /guard:cf,nochecks /vd2 /vmg /openmp:experimental /diagnostics:caret")]
    [DataRow("--target=x86_64-w64-windows-gnu -m32 -msse4.2 -march=haswell -fsanitize=undefined -Wno-unused -Weverything -fno-strict-aliasing -flto /clang:-O2 /clang:-fno-exceptions")]
    [DataRow("/Z7 /Zi -fdebug-compilation-dir=/home/a /clang:-gline-tables-only /Y- /FC /external:W3 /source-charset:utf-8 /Brepro /sdl- /volatile:iso")]
    public void Code_generation_warnings_and_language_pass(string arguments)
    {
        foreach (string argument in arguments.Split(' '))
        {
            Assert.IsNull(Refuse(argument), argument);
        }
    }

    [TestMethod]
    [DataRow("a.cpp")]
    [DataRow("/etc/passwd")]
    [DataRow("@file")]
    [DataRow("-")]
    [DataRow("--")]
    [DataRow("/")]
    [DataRow("")]
    [DataRow("/c")]
    [DataRow("/Fo/x")]
    [DataRow("-o")]
    [DataRow("/o/x")]
    [DataRow("/Fa/x")]
    [DataRow("/FA")]
    [DataRow("/Fd/x")]
    [DataRow("/Fe/x")]
    [DataRow("/Fi/x")]
    [DataRow("/Fm/x")]
    [DataRow("/FR/x")]
    [DataRow("/FI/x")]
    [DataRow("/I/x")]
    [DataRow("/I")]
    [DataRow("/DX")]
    [DataRow("/UX")]
    [DataRow("/external:I/x")]
    [DataRow("/external:env:X")]
    [DataRow("/imsvc/x")]
    [DataRow("/winsysroot/x")]
    [DataRow("/vctoolsdir/x")]
    [DataRow("/Yc")]
    [DataRow("/Yux.h")]
    [DataRow("/Fp/x")]
    [DataRow("/Tc/x")]
    [DataRow("/Tp/x")]
    [DataRow("/TP")]
    [DataRow("/link")]
    [DataRow("/E")]
    [DataRow("/P")]
    [DataRow("/Zs")]
    [DataRow("/showIncludes")]
    [DataRow("/showFilenames")]
    [DataRow("/sourceDependencies")]
    [DataRow("/analyze")]
    [DataRow("/clr")]
    [DataRow("/MP")]
    [DataRow("/d1PP")]
    [DataRow("/O2/x")]
    [DataRow("/O2\n")]
    [DataRow("/unheard")]
    [DataRow("-unheard")]
    [DataRow("-Xclang")]
    [DataRow("-object-file-name=/x")]
    [DataRow("-mllvm")]
    [DataRow("-march=native")]
    [DataRow("-fplugin=/x")]
    [DataRow("-fprofile-use=/x")]
    [DataRow("-fmodule-file=/x")]
    [DataRow("-ftime-trace=/x")]
    [DataRow("-fcrash-diagnostics-dir=/x")]
    [DataRow("--config=/x")]
    [DataRow("-vfsoverlay")]
    [DataRow("--rsp-quoting=posix")]
    [DataRow("/clang:")]
    [DataRow("/clang:/etc/passwd")]
    [DataRow("/clang:/O2")]
    [DataRow("/clang:x.c")]
    [DataRow("/clang:-o/x")]
    [DataRow("/clang:-MD")]
    [DataRow("/clang:-fplugin=/x")]
    [DataRow("/clang:-Xclang")]
    [DataRow("/clang:-include/x")]
    [DataRow("/clang:/clang:-O2")]
    public void Nothing_that_names_a_file_or_runs_a_program_passes_7_8_12(string argument) => Assert.IsNotNull(Refuse(argument));

    [TestMethod]
    public void Only_texts_of_C_and_Cxx_are_compiled_and_size_is_bounded()
    {
        foreach (string language in (string[])["assembler", "c-header", "ir", "none", ""])
        {
            Assert.IsNotNull(Family.Refuse(new RemoteJob("clang-cl", language, [])));
        }

        Assert.IsNotNull(Family.Refuse(new RemoteJob("clang", "c", [])));
        Assert.IsNotNull(Family.Refuse(new RemoteJob("clang-cl", "c", [.. Enumerable.Repeat("/O2", 2000)])));
        Assert.IsNotNull(Refuse("-fdebug-compilation-dir=" + new string('x', 5000)));
    }

    [TestMethod]
    [DataRow("/Z7")]
    [DataRow("-fsanitize=undefined")]
    [DataRow("/clang:-g")]
    public void An_expanded_text_is_not_sent_when_columns_matter(string argument)
    {
        Assert.IsNull(Refuse(argument));
        Assert.IsNotNull(Family.Refuse(new RemoteJob("clang-cl", "c++-cpp-output", ["/O2", argument])));
        Assert.IsNull(Family.Refuse(new RemoteJob("clang-cl", "c++-cpp-output", ["/O2"])));
    }

    [TestMethod]
    public async Task A_diagnostic_shows_no_line_of_the_agents_files()
    {
        using CompilerLab lab = new();
        string secret = lab.Write("secret", "TOP SECRET\n");
        lab.Write("unit.i", $"# 1 \"{secret}\"\nint a = undeclared;\n");

        ProcessResult result = await CompilerLab.RunAsync(
            Family.CompileText(new RemoteJob("clang-cl", "c", []), ClLab.Compiler, "unit.i", "unit.o", lab.Project, CompilerLab.CleanEnvironment));

        string printed = Encoding.UTF8.GetString(result.Errors);
        Assert.Contains("undeclared", printed);
        Assert.DoesNotContain("SECRET", printed);
    }

    private static string? Refuse(string argument) => Family.Refuse(new RemoteJob("clang-cl", "c++", [argument]));
}
