using System.Text;
using DistBuild.Core.Compilers;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Compilers;

/// <summary>What a compile of the text makes is what a compile of the source makes.</summary>
[TestClass]
public sealed class CorpusTests
{
    private const string GoogleTest = "/usr/src/googletest";

    private static readonly string[] Includes =
        [$"-I{GoogleTest}/googletest/include", $"-I{GoogleTest}/googletest", $"-I{GoogleTest}/googlemock/include", $"-I{GoogleTest}/googlemock"];

    [TestMethod]
    [DataRow("gcc", "unit.c", "-O0")]
    [DataRow("gcc", "unit.c", "-O2 -std=c11 -Wall -Wextra -DWIDTH=7 -UWIDTH -DWIDTH=9")]
    [DataRow("gcc", "unit.c", "-O3 -std=gnu99 -fPIC -fno-strict-aliasing -march=x86-64-v2 -fstack-protector-strong")]
    [DataRow("gcc", "unit.c", "-O0 -g -gno-record-gcc-switches")]
    [DataRow("gcc", "../unit.c", "-O2 -g -gno-record-gcc-switches")]
    [DataRow("g++", "unit.cpp", "-O0")]
    [DataRow("g++", "unit.cpp", "-O2 -std=c++20 -Wall")]
    [DataRow("g++", "unit.cpp", "-O2 -std=gnu++17 -fPIC -fvisibility=hidden -fno-rtti -pthread -fopenmp")]
    [DataRow("g++", "unit.cpp", "-O1 -std=c++17 -fsanitize=undefined")]
    [DataRow("g++", "unit.cpp", "-O0 -g -gno-record-gcc-switches")]
    [DataRow("g++", "../unit.cpp", "-O2 -ggdb -std=c++20 -gno-record-gcc-switches")]
    [DataRow("clang-19", "unit.c", "-O0")]
    [DataRow("clang-19", "unit.c", "-O2 -std=c11 -Wall -Wextra -DWIDTH=7 -UWIDTH -DWIDTH=9")]
    [DataRow("clang-19", "../unit.c", "-O2 -g -gdwarf-4")]
    [DataRow("clang++-19", "unit.cpp", "-O0")]
    [DataRow("clang++-19", "unit.cpp", "-O2 -std=c++20 -Wall -fPIC")]
    [DataRow("clang++-19", "unit.cpp", "-O1 -std=c++17 -fsanitize=address,undefined")]
    [DataRow("clang++-19", "unit.cpp", "-O2 -std=c++17 -flto=thin")]
    [DataRow("clang++-19", "unit.cpp", "-O0 -g -gdwarf-4")]
    [DataRow("clang++-19", "../unit.cpp", "-O2 -g -gdwarf-4 -std=c++20")]
    [DataRow("clang++-19", "../unit.cpp", "-O2 -gline-tables-only -gdwarf-4 -Weverything -pedantic")]
    public async Task A_generated_unit_has_the_same_object_and_diagnostics_by_either_way(string compiler, string source, string options)
    {
        using CompilerLab lab = new();
        lab.Write("unit.h", GeneratedUnits.Header);
        lab.Write("unit.c", GeneratedUnits.C);
        lab.Write("unit.cpp", GeneratedUnits.Cxx);
        lab.Write("build/.keep", "");
        CompileCommand command = lab.Command(compiler, [.. options.Split(' '), "-c", source, "-o", "unit.o"]);
        command = source.StartsWith("..", StringComparison.Ordinal) ? command with { WorkingDirectory = Path.Combine(lab.Project, "build") } : command;

        PlainCompile plain = await CompilerLab.CompilePlainAsync(command);
        PreprocessPlan plan = CompilerLab.Plans(command)[0];
        (byte[] text, string preprocessed) = await CompilerLab.PreprocessAsync(plan);
        Assert.IsNull(CompilerLab.Family(command).RefuseText(plan.Job, text));
        PlainCompile remote = await lab.CompileTextAsync(command, plan, text);

        CollectionAssert.AreEqual(plain.Object, remote.Object);
        if (preprocessed.Length == 0)
        {
            Assert.AreEqual(Headlines(command, plain.Errors), Headlines(command, remote.Errors));
        }
    }

    [TestMethod]
    [DataRow("gcc", "-O2", "\n", false)]
    [DataRow("gcc", "-g -gno-record-gcc-switches -include extra.h -imacros macros.h", "\n", false)]
    [DataRow("gcc", "-O2 -DF(x)=(x+1) -DEMPTY= -DSTR=\"s\\\"\" -UEMPTY -DEMPTY=+1", "\r\n", true)]
    [DataRow("gcc", "-g -gno-record-gcc-switches -DF(x)=0 -UF -Wp,-DF(x)=x,-DEMPTY=,-UNOTHING -DSTR=\"s\"", "\r\n", true)]
    [DataRow("clang-19", "-O2", "\n", false)]
    [DataRow("clang-19", "-g -gdwarf-4 -include extra.h", "\n", false)]
    [DataRow("clang-19", "-O2 -DF(x)=(x+1) -DEMPTY= -DSTR=\"s\\\"\" -UEMPTY -DEMPTY=+1", "\r\n", true)]
    [DataRow("clang-19", "-g -gdwarf-4 -UF -Wp,-DF(x)=x,-DEMPTY=,-UNOTHING -DSTR=\"s\"", "\r\n", true)]
    public async Task An_awkward_unit_has_the_same_object_by_either_way(string compiler, string options, string lineEnd, bool byteOrderMark)
    {
        using CompilerLab lab = new();
        lab.Write("unit.h", GeneratedUnits.Header.ReplaceLineEndings(lineEnd));
        lab.Write("extra.h", "static const int extra = 1;\n#define EXTRA 2\n");
        lab.Write("macros.h", "int not_this;\n#define EMPTY +5\n");
        lab.Write("a b.c", (byteOrderMark ? "\uFEFF" : "") + GeneratedUnits.Awkward.ReplaceLineEndings(lineEnd));
        CompileCommand command = lab.Command(compiler, [.. options.Split(' '), "-c", "a b.c", "-o", "unit.o"]);

        PlainCompile plain = await CompilerLab.CompilePlainAsync(command);
        PreprocessPlan plan = CompilerLab.Plans(command)[0];
        (byte[] text, string preprocessed) = await CompilerLab.PreprocessAsync(plan);
        PlainCompile remote = await lab.CompileTextAsync(command, plan, text);

        Assert.AreEqual("", preprocessed);
        Assert.IsNull(CompilerLab.Family(command).RefuseText(plan.Job, text));
        CollectionAssert.AreEqual(plain.Object, remote.Object);
    }

    [TestMethod]
    [DataRow("gcc", "unit.c", "-g")]
    [DataRow("g++", "unit.cpp", "-g")]
    [DataRow("clang-19", "unit.c", "-gdwarf-4")]
    [DataRow("clang++-19", "unit.cpp", "-gdwarf-4")]
    public async Task Debug_information_differs_at_most_in_the_producer(string compiler, string source, string option)
    {
        using CompilerLab lab = new();
        lab.Write("unit.h", GeneratedUnits.Header);
        lab.Write("unit.c", GeneratedUnits.C);
        lab.Write("unit.cpp", GeneratedUnits.Cxx);
        CompileCommand command = lab.Command(compiler, option, "-c", source, "-o", "unit.o");
        PlainCompile plain = await CompilerLab.CompilePlainAsync(command);
        PreprocessPlan plan = CompilerLab.Plans(command)[0];
        PlainCompile remote = await lab.CompileTextAsync(command, plan, (await CompilerLab.PreprocessAsync(plan)).Text);

        Assert.AreEqual(await DumpAsync(lab, plain.Object), await DumpAsync(lab, remote.Object));
    }

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    public async Task What_only_the_preprocessor_warns_of_shows_when_the_text_is_made_57(string compiler)
    {
        using CompilerLab lab = new();
        lab.Write("a.c", "#if NEVER_DEFINED\n#endif\n#warning look here\nint a;\n");

        foreach (PreprocessPlan plan in CompilerLab.Plans(lab.Command(compiler, "-Wundef", "-c", "a.c")))
        {
            string errors = (await CompilerLab.PreprocessAsync(plan)).Errors;
            Assert.Contains("NEVER_DEFINED", errors);
            Assert.Contains("look here", errors);
        }
    }

    [TestMethod]
    [DataRow("gcc", "unit.c", "-O2 -Wall")]
    [DataRow("g++", "unit.cpp", "-O2")]
    [DataRow("clang-19", "unit.c", "-O2")]
    [DataRow("clang++-19", "unit.cpp", "-O2 -fPIC")]
    public async Task An_expanded_text_has_the_same_object_when_no_debug_information_is_asked_for(string compiler, string source, string options)
    {
        using CompilerLab lab = new();
        lab.Write("unit.h", GeneratedUnits.Header);
        lab.Write("unit.c", GeneratedUnits.C);
        lab.Write("unit.cpp", GeneratedUnits.Cxx);
        CompileCommand command = lab.Command(compiler, [.. options.Split(' '), "-c", source, "-o", "unit.o"]);

        PlainCompile plain = await CompilerLab.CompilePlainAsync(command);
        PreprocessPlan plan = CompilerLab.Plans(command)[1];
        (byte[] text, _) = await CompilerLab.PreprocessAsync(plan);
        PlainCompile remote = await lab.CompileTextAsync(command, plan, text);

        Assert.IsTrue(plan.Expanded);
        CollectionAssert.AreEqual(plain.Object, remote.Object);
    }

    [TestMethod]
    [DataRow("g++", "-O0 -g -gno-record-gcc-switches")]
    [DataRow("g++", "-O2")]
    [DataRow("clang++-19", "-O0 -g -gdwarf-4")]
    [DataRow("clang++-19", "-O2")]
    public async Task Every_unit_of_googletest_has_the_same_object_by_either_way(string compiler, string options)
    {
        string[] sources = [.. Directory.GetFiles(GoogleTest, "*.cc", SearchOption.AllDirectories).Where(IsChosen).Order(StringComparer.Ordinal)];
        Assert.IsGreaterThan(10, sources.Length);
        List<string> differing = [];

        await Parallel.ForEachAsync(sources, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (source, _) =>
        {
            using CompilerLab lab = new();
            CompileCommand command = lab.Command(compiler, [.. options.Split(' '), .. Includes, "-c", source, "-o", "unit.o"]);
            PlainCompile plain = await CompilerLab.CompilePlainAsync(command);
            PreprocessPlan plan = CompilerLab.Plans(command)[0];
            (byte[] text, string preprocessed) = await CompilerLab.PreprocessAsync(plan);
            string? refused = CompilerLab.Family(command).RefuseText(plan.Job, text);
            PlainCompile remote = await lab.CompileTextAsync(command, plan, text);
            if (refused is not null || preprocessed.Length > 0 || !plain.Object.AsSpan().SequenceEqual(remote.Object))
            {
                lock (differing)
                {
                    differing.Add($"{source}: {refused ?? preprocessed}");
                }
            }
        });

        Assert.IsEmpty(differing, string.Join('\n', differing));
    }

    // The whole of it compiles for most of an hour; the libraries' units include every header.
    private static bool IsChosen(string source) =>
        Environment.GetEnvironmentVariable("DISTBUILD_TEST_WHOLE_CORPUS") == "1"
        || (((string[])["/googletest/src/", "/googlemock/src/"]).Any(folder => source.IndexOf(folder, GoogleTest.Length, StringComparison.Ordinal) >= 0)
            && !source.EndsWith("-all.cc", StringComparison.Ordinal));

    // Offsets and lengths follow from the strings that are left out.
    private static async Task<string> DumpAsync(CompilerLab lab, byte[] content)
    {
        CompileCommand dump = lab.Command("llvm-dwarfdump-19", "--debug-info", "--debug-line", "--debug-frame", "dump.o");
        lab.Write("dump.o", content);
        string text = Encoding.UTF8.GetString((await CompilerLab.SucceedAsync(dump)).Output);
        Assert.Contains("DW_TAG_compile_unit", text);
        return string.Join('\n', text.Split('\n').Where(line =>
            !line.Contains("DW_AT_producer", StringComparison.Ordinal)
            && !line.Contains("total_length", StringComparison.Ordinal)
            && !line.Contains("prologue_length", StringComparison.Ordinal)));
    }

    // gcc's agents print no source excerpts, having no source.
    private static string Headlines(CompileCommand command, string errors) => command.Compiler.StartsWith('g')
        ? string.Join('\n', CompilerLab.Family(command).ReadDiagnostics(errors))
        : errors;
}
