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
        Assert.IsGreaterThan(20, sources.Length);
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

    // The whole of it compiles for half an hour; the libraries and samples have every header and every kind of unit.
    private static bool IsChosen(string source) =>
        !source.EndsWith("/gmock-win32.cc", StringComparison.Ordinal)
        && (Environment.GetEnvironmentVariable("DISTBUILD_TEST_WHOLE_CORPUS") == "1"
            || ((string[])["/googletest/src/", "/googlemock/src/", "/samples/"]).Any(folder => source.IndexOf(folder, GoogleTest.Length, StringComparison.Ordinal) >= 0));

    // gcc's agents print no source excerpts, having no source.
    private static string Headlines(CompileCommand command, string errors) => command.Compiler.StartsWith('g')
        ? string.Join('\n', CompilerLab.Family(command).ReadDiagnostics(errors))
        : errors;
}
