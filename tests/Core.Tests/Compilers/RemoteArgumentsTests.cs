using System.Text;
using DistBuild.Core.Compilers;
using DistBuild.Core.Processes;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Compilers;

[TestClass]
public sealed class RemoteArgumentsTests
{
    [TestMethod]
    [DataRow("gcc", "-O2 -g -Wall -Wextra -Werror -Wno-error=foo -Wformat=2 -std=gnu++20 -fPIC -fno-exceptions -fvisibility=hidden -march=x86-64-v3 -mtune=generic -m64 -mavx2 -msse4.2 -pthread")]
    [DataRow("gcc", "-Ofast -ffast-math -fstack-protector-strong -fcf-protection=full -ftrivial-auto-var-init=zero --param=max-inline-insns-auto=5 -fsanitize=undefined -frandom-seed=src/a.o -w -pedantic -ansi")]
    [DataRow("gcc", "-fmessage-length=0 -fdiagnostics-color=always -fno-builtin-memcpy -Wa,--noexecstack -fopenmp -mpreferred-stack-boundary=4 -mcmodel=large -ggdb -gdwarf-4 -gz=zlib")]
    [DataRow("clang", "-O2 -Weverything -W#warnings --target=aarch64-linux-gnu -fsanitize=address,undefined -flto=thin -fdebug-compilation-dir=/home/a -gdwarf-4 -fno-lto -gno-column-info")]
    public void Code_generation_warnings_and_language_pass(string family, string arguments)
    {
        foreach (string argument in arguments.Split(' '))
        {
            Assert.IsNull(Refuse(family, argument), argument);
        }
    }

    [TestMethod]
    [DataRow("-g", true)]
    [DataRow("-gline-tables-only", true)]
    [DataRow("-gdwarf-4 -gdwarf-5", true)]
    [DataRow("-gdwarf-5 -gdwarf-4", false)]
    [DataRow("-gdwarf-4 -g", false)]
    [DataRow("-g -g0", false)]
    [DataRow("-gcolumn-info", false)]
    [DataRow("-O2", false)]
    public void Debug_information_with_checksums_of_the_sources_is_clangs_own_36(string arguments, bool refused)
    {
        Assert.AreEqual(refused, Family("clang").Refuse(new RemoteJob("clang", "c", arguments.Split(' '))) is not null);
        Assert.IsNull(Family("gcc").Refuse(new RemoteJob("gcc", "c", arguments.Split(' '))));
    }

    [TestMethod]
    public async Task Checksums_of_the_sources_are_what_clangs_text_lacks_36()
    {
        using CompilerLab lab = new();
        lab.Write("a.c", "int a;\n");
        CompileCommand command = lab.Command("clang-19", "-g", "-c", "a.c", "-o", "a.o");
        PlainCompile plain = await CompilerLab.CompilePlainAsync(command);
        PreprocessPlan plan = CompilerLab.Plans(command)[0];
        PlainCompile text = await lab.CompileTextAsync(command, plan, (await CompilerLab.PreprocessAsync(plan)).Text, accepted: false);

        Assert.IsNotNull(Family("clang").Refuse(plan.Job));
        CollectionAssert.AreNotEqual(plain.Object, text.Object, "were they equal, the unit could be sent");
    }

    [TestMethod]
    [DataRow("-fplugin=x.so")]
    [DataRow("-fplugin-arg-x-y")]
    [DataRow("-B/x")]
    [DataRow("-B")]
    [DataRow("-specs=x")]
    [DataRow("--specs=x")]
    [DataRow("-wrapper")]
    [DataRow("@file")]
    [DataRow("file.c")]
    [DataRow("/etc/passwd")]
    [DataRow("-")]
    [DataRow("--")]
    [DataRow("")]
    [DataRow("-o")]
    [DataRow("-o/x")]
    [DataRow("-include")]
    [DataRow("-include/x")]
    [DataRow("-imacros")]
    [DataRow("-I/x")]
    [DataRow("-isystem")]
    [DataRow("-D")]
    [DataRow("-DX")]
    [DataRow("-UX")]
    [DataRow("-Wa,-a=/x")]
    [DataRow("-Wa,--noexecstack,-a=/x")]
    [DataRow("-Wp,-MD,/x")]
    [DataRow("-Wl,-x")]
    [DataRow("-Xassembler")]
    [DataRow("-Xpreprocessor")]
    [DataRow("-Xlinker")]
    [DataRow("-Xclang")]
    [DataRow("-mllvm")]
    [DataRow("-march=native")]
    [DataRow("-mcpu=native")]
    [DataRow("-mcpu=native+crc")]
    [DataRow("-march=/x")]
    [DataRow("-fdump-tree-all")]
    [DataRow("-fdump-rtl-expand=/x")]
    [DataRow("-save-temps")]
    [DataRow("-dumpdir")]
    [DataRow("-dA")]
    [DataRow("-fprofile-use=/x")]
    [DataRow("-fprofile-arcs")]
    [DataRow("--coverage")]
    [DataRow("-ftest-coverage")]
    [DataRow("-fauto-profile=/x")]
    [DataRow("-gsplit-dwarf")]
    [DataRow("-g3")]
    [DataRow("-ggdb3")]
    [DataRow("-fdebug-macro")]
    [DataRow("-fdebug-prefix-map=/a=/b")]
    [DataRow("-ffile-prefix-map=/a=/b")]
    [DataRow("-fmacro-prefix-map=/a=/b")]
    [DataRow("-finput-charset=latin1")]
    [DataRow("-fmodules-ts")]
    [DataRow("-fmodule-file=x")]
    [DataRow("-fsanitize-ignorelist=/x")]
    [DataRow("-fsanitize=../x")]
    [DataRow("-fcallgraph-info")]
    [DataRow("-fstack-usage")]
    [DataRow("-ftime-trace=/x")]
    [DataRow("-fopt-info=/x")]
    [DataRow("-frecord-gcc-switches")]
    [DataRow("-fdiagnostics-format=sarif-file")]
    [DataRow("-fuse-ld=/x")]
    [DataRow("-fpreprocessed")]
    [DataRow("-fmax-include-depth=200")]
    [DataRow("-MD")]
    [DataRow("-MF/x")]
    [DataRow("-E")]
    [DataRow("-S")]
    [DataRow("-x")]
    [DataRow("-v")]
    [DataRow("-L/x")]
    [DataRow("-l/x")]
    [DataRow("-T/x")]
    [DataRow("-std=c++20/x")]
    [DataRow("-O2 -x")]
    [DataRow("-O2\n")]
    [DataRow("-frandom-seed=a\nb")]
    [DataRow("--sysroot=/x")]
    [DataRow("--param")]
    [DataRow("-funheard-of")]
    [DataRow("-unheard-of")]
    public void Nothing_that_names_a_file_or_runs_a_program_passes_7_8_12(string argument)
    {
        Assert.IsNotNull(Refuse("gcc", argument));
        Assert.IsNotNull(Refuse("clang", argument));
    }

    [TestMethod]
    [DataRow("gcc", "--target=x")]
    [DataRow("gcc", "-fdebug-compilation-dir=/x")]
    [DataRow("gcc", "-flto")]
    [DataRow("gcc", "-fsanitize=address")]
    [DataRow("clang", "--config=x")]
    [DataRow("clang", "-fembed-offload-object=x")]
    public void What_one_family_cannot_reproduce_it_refuses(string family, string argument) => Assert.IsNotNull(Refuse(family, argument));

    [TestMethod]
    public void Only_texts_of_C_and_Cxx_are_compiled()
    {
        foreach (string language in (string[])["assembler", "assembler-with-cpp", "c-header", "ir", "ast", "none", "", "f77", "objective-c"])
        {
            Assert.IsNotNull(Family("clang").Refuse(new RemoteJob("clang", language, [])));
            Assert.IsNotNull(Family("gcc").Refuse(new RemoteJob("gcc", language, [])));
        }

        Assert.IsNotNull(Family("gcc").Refuse(new RemoteJob("clang", "c", [])));
    }

    [TestMethod]
    public void Size_is_bounded()
    {
        Assert.IsNotNull(Refuse("gcc", "-frandom-seed=" + new string('x', 5000)));
        Assert.IsNotNull(Family("gcc").Refuse(new RemoteJob("gcc", "c", [.. Enumerable.Repeat("-O2", 2000)])));
    }

    [TestMethod]
    public void An_expanded_text_is_not_sent_when_columns_matter()
    {
        Assert.IsNull(Family("gcc").Refuse(new RemoteJob("gcc", "cpp-output", ["-O2"])));
        Assert.IsNotNull(Family("gcc").Refuse(new RemoteJob("gcc", "cpp-output", ["-g"])));
        Assert.IsNull(Family("gcc").Refuse(new RemoteJob("gcc", "c", ["-g"])));
    }

    [TestMethod]
    [DataRow("c")]
    [DataRow("cpp-output")]
    public async Task A_text_that_includes_a_file_of_the_agent_does_not_compile_with_gcc(string language)
    {
        using CompilerLab lab = new();
        string secret = lab.Write("secret.h", "int secret;\n");
        string text = lab.Write("unit.i", $"# 1 \"a.c\"\n#include \"{secret}\"\nint a;\n");

        ProcessResult result = await CompilerLab.RunAsync(
            Family("gcc").CompileText(new RemoteJob("gcc", language, []), "gcc", text, "unit.o", lab.Project, CompilerLab.CleanEnvironment));

        Assert.AreNotEqual(0, result.ExitCode);
    }

    [TestMethod]
    public async Task A_diagnostic_shows_no_line_of_the_agents_files()
    {
        using CompilerLab lab = new();
        string secret = lab.Write("secret", "TOP SECRET\n");
        string text = lab.Write("unit.i", $"# 1 \"{secret}\"\nint a = undeclared;\n");

        ProcessResult result = await CompilerLab.RunAsync(
            Family("gcc").CompileText(new RemoteJob("gcc", "c", []), "gcc", text, "unit.o", lab.Project, CompilerLab.CleanEnvironment));

        string printed = Encoding.UTF8.GetString(result.Errors);
        Assert.Contains("undeclared", printed);
        Assert.DoesNotContain("SECRET", printed);
    }

    private static ICompilerFamily Family(string name) => CompilerFamilies.ByName(name)!;

    private static string? Refuse(string family, string argument) => Family(family).Refuse(new RemoteJob(family, "c++", [argument]));
}
