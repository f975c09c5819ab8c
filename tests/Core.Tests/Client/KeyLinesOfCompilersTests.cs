using System.Runtime.Versioning;
using DistBuild.Core.Compilers;
using DistBuild.Core.Compilers.Gcc;
using DistBuild.Core.Tests.Compilers;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Client;

/// <summary>What compiles: section 1 of the list in docs/caching.md, whose lines the numbers are.</summary>
[TestClass]
[UnsupportedOSPlatform("windows")]
public sealed class KeyLinesOfCompilersTests : IDisposable
{
    private const string Clang = "/usr/lib/llvm-19/bin/clang";

    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [TestMethod]
    public async Task Line_1_2_3_another_compiler_at_the_same_path_is_noticed_and_a_copy_elsewhere_shares()
    {
        _engine.Write("a.c", "int a;");
        string clang = CopyCompiler("one/clang-19", Clang), copy = CopyCompiler("two/clang-19", Clang);
        await _engine.ShareAsync($"{clang} -nostdinc -c a.c -o a.o", $"{copy} -nostdinc -c a.c -o a.o");
        await _engine.ShareAsync($"{clang} -c a.c -o a.o", $"{clang} -c a.c -o b.o");

        // Behind the last section the program does not care; size and time stay as they were.
        byte[] program = File.ReadAllBytes(clang);
        DateTime modified = File.GetLastWriteTimeUtc(clang);
        program[^1] ^= 1;
        File.WriteAllBytes(clang, program);
        File.SetLastWriteTimeUtc(clang, modified);

        Assert.AreEqual(UnitOutcome.CompiledLocally, (await _engine.MakeAsync($"{clang} -nostdinc -c a.c -o a.o")).Outcome);
        Assert.AreEqual(UnitOutcome.CompiledLocally, (await _engine.MakeAsync($"{clang} -c a.c -o a.o")).Outcome);
        Assert.AreEqual(UnitOutcome.LocalHit, (await _engine.MakeAsync($"{copy} -nostdinc -c a.c -o a.o")).Outcome);
    }

    [TestMethod]
    public async Task Line_1_a_compiler_that_changes_during_the_build_keeps_nothing()
    {
        _engine.Write("a.c", "int a;");
        _engine.Write("b.c", "int b;");
        string clang = CopyCompiler("one/clang-19", Clang);
        TranslationUnit[] units =
        [
            .. ((string[])["a", "b"]).Select(name => new TranslationUnit(name, _engine[name + ".c"], _engine[name + ".o"],
                new CompileCommand(clang, ["-c", name + ".c", "-o", name + ".o"], _engine[""].TrimEnd('/'), _engine.Environment))),
        ];

        IReadOnlyList<UnitResult> results = await _engine.BuildAsync(units, new AtFirstFinished(() =>
        {
            byte[] program = File.ReadAllBytes(clang);
            program[^1] ^= 1;
            File.Delete(clang);
            File.WriteAllBytes(clang, program);
            File.SetUnixFileMode(clang, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }));

        Assert.DoesNotContain("not kept", results[0].Reason!);
        Assert.Contains("the compiler changed", results[1].Reason!);
    }

    [TestMethod]
    [DataRow("gcc -x c -c a.c -o a.o", "g++ -x c -c a.c -o a.o")]
    [DataRow("clang-19 -x c++ -c a.c -o a.o", "clang++-19 -x c++ -c a.c -o a.o")]
    [DataRow("gcc -c a.c -o a.o", "clang-19 -c a.c -o a.o")]
    public async Task Line_4_drivers_share_nothing(string one, string two)
    {
        _engine.Write("a.c", "int a;");
        await _engine.DifferAsync(one, two);
    }

    [TestMethod]
    public async Task Line_5_what_stands_before_a_compiler_is_not_looked_through()
    {
        _engine.Write("a.c", "int a;");
        _engine.Folder("bin");
        File.WriteAllText(_engine["bin/gcc"], "#!/bin/sh\nexec /usr/bin/gcc -DWRAPPED \"$@\"\n");
        File.SetUnixFileMode(_engine["bin/gcc"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        await _engine.RefuseAsync($"{_engine["bin/gcc"]} -c a.c -o a.o", "is a script");
    }

    [TestMethod]
    public async Task Line_6_another_assembler_is_another_toolchain()
    {
        _engine.Write("a.c", "int a;");
        _engine.Folder("bin");
        File.Copy("/usr/bin/as", _engine["bin/as"]);
        File.AppendAllBytes(_engine["bin/as"], [0]);
        await _engine.DifferAsync("/usr/bin/gcc -c a.c -o a.o", () => _engine.Environment["PATH"] = _engine["bin"] + ":" + _engine.Environment["PATH"]);
    }

    [TestMethod]
    [DataRow("gcc -specs=own.specs -c a.c -o a.o", "-specs=own.specs")]
    [DataRow("clang-19 --config=./own.cfg -c a.c -o a.o", "--config=./own.cfg")]
    [DataRow("clang-19 -Xclang -fno-rtti -c a.c -o a.o", "-Xclang")]
    [DataRow("gcc -B. -c a.c -o a.o", "-B.")]
    public async Task Line_7_8_what_loads_code_or_rules_into_the_compiler_is_refused(string line, string argument)
    {
        _engine.Write("a.c", "int a;");
        _engine.Write("own.specs", "*cc1:\n+ -DSPECIAL\n");
        _engine.Write("own.cfg", "-DSPECIAL\n");
        await _engine.RefuseAsync(line, argument);
    }

    [TestMethod]
    public async Task Line_8_a_configuration_that_clang_finds_by_itself_is_part_of_it()
    {
        _engine.Write("a.c", "int a =\n#ifdef SPECIAL\n1;\n#else\n2;\n#endif\n");
        string clang = CopyCompiler("bin/clang-19", Clang);
        await _engine.DifferAsync($"{clang} -c a.c -o a.o", () => _engine.Write("bin/clang.cfg", "-DSPECIAL\n"));
    }

    [TestMethod]
    [DataRow("COMPILER_PATH", "/nowhere")]
    [DataRow("GCC_COMPARE_DEBUG", "")]
    [DataRow("SDKROOT", "/")]
    public async Task Line_9_variables_that_choose_tools_are_refused(string variable, string value)
    {
        _engine.Write("a.c", "int a;");
        await _engine.MakeAsync("gcc -c a.c -o a.o");
        _engine.Environment[variable] = value;
        await _engine.RefuseAsync("gcc -c a.c -o a.o", variable);
    }

    [TestMethod]
    [DataRow("gcc -c a.c -o a.o", "gcc -m32 -c a.c -o a.o")]
    [DataRow("clang-19 -c a.c -o a.o", "clang-19 --target=i386-pc-linux-gnu -c a.c -o a.o")]
    public async Task Line_11_what_is_compiled_for_is_in_the_key(string one, string two)
    {
        _engine.Write("a.c", "int a = sizeof(long);");
        await _engine.DifferAsync(one, two);
    }

    [TestMethod]
    [DataRow("gcc", "-march=native")]
    [DataRow("gcc", "-O2 -mtune=native -mno-avx -g")]
    [DataRow("clang-19", "-march=native")]
    [DataRow("clang-19", "-O2 -mtune=native -mno-avx -g")]
    public async Task Line_12_the_processor_of_this_machine_is_in_the_key_by_name(string compiler, string options)
    {
        _engine.Write("a.c", "float a(const float *x) { float s = 0; for (int i = 0; i < 64; i++) s += x[i] * x[i]; return s; }");
        Made made = await _engine.MakeAsync($"{compiler} {options} -c a.c -o a.o");
        string[] named = [.. await NamedAsync(compiler, options)];
        Made hit = await _engine.MakeAsync($"{compiler} {string.Join(' ', named)} -c a.c -o a.o", "", reproducible: !options.Contains("-g", StringComparison.Ordinal));
        Made other = await _engine.MakeAsync($"{compiler} {options} -march=x86-64 -mno-sse3 -c a.c -o a.o");

        Assert.AreEqual((UnitOutcome.CompiledLocally, KeyMode.Direct), (made.Outcome, made.Keyed));
        Assert.AreEqual(UnitOutcome.LocalHit, hit.Outcome, "the same by name");
        Assert.AreEqual(UnitOutcome.CompiledLocally, other.Outcome, "another processor");
    }

    [TestMethod]
    [DataRow("gcc", "-O2 -march=native")]
    [DataRow("gcc", "-O2 -march=x86-64 -mtune=native -mavx")]
    [DataRow("clang-19", "-O2 -march=native")]
    [DataRow("clang-19", "-O2 -mtune=native -mavx")]
    public async Task Line_12_an_agent_is_told_the_name_and_makes_the_same_object(string compiler, string options)
    {
        using CompilerLab lab = new();
        lab.Write("a.c", "float a(const float *x) { float s = 0; for (int i = 0; i < 64; i++) s += x[i] * x[i]; return s; }\n");
        PlainCompile plain = await CompilerLab.CompilePlainAsync(lab.Command(compiler, [.. await NamedAsync(compiler, options), "-c", "a.c", "-o", "a.o"]));
        CompileCommand native = lab.Command(compiler, [.. options.Split(' '), "-c", "a.c", "-o", "n.o"]);
        await CompilerLab.SucceedAsync(native);
        CompileCommand named = lab.Command(compiler, [.. await NamedAsync(compiler, options), "-c", "a.c", "-o", "a.o"]);
        PreprocessPlan plan = CompilerLab.Plans(named)[0];

        PlainCompile remote = await lab.CompileTextAsync(named, plan, (await CompilerLab.PreprocessAsync(plan)).Text);

        Assert.IsFalse(plan.Job.Arguments.Any(argument => argument.Contains("native", StringComparison.Ordinal)));
        CollectionAssert.AreEqual(File.ReadAllBytes(native.FullPath("n.o")), remote.Object);
        CollectionAssert.AreEqual(plain.Object, remote.Object);
    }

    [TestMethod]
    public async Task Line_12_a_processor_that_cannot_be_named_for_certain_is_refused()
    {
        _engine.Write("a.c", "int a;");
        await _engine.RefuseAsync("gcc -march=native -flto -ffat-lto-objects -frandom-seed=1 -c a.c -o a.o", "cannot be named");
        await _engine.RefuseAsync("clang-19 -march=native -flto -c a.c -o a.o", "cannot be named");
        CompilerQuestion script = new("/bin/echo", "/", CompilerLab.CleanEnvironment);
        await Assert.ThrowsAsync<ToolchainUnknownException>(() => GccProcessor.NameAsync("c", ["-march=native"], script, CancellationToken.None));
        await Assert.ThrowsAsync<ToolchainUnknownException>(() => ClangProcessor.NameAsync("c", ["-march=native"], script, CancellationToken.None));
    }

    [TestMethod]
    public async Task Line_11_headers_of_another_library_behind_the_same_clang_are_noticed()
    {
        // What clang finds of a gcc beside it decides its header search, and is no part of the program.
        foreach (string version in new[] { "11", "12" })
        {
            _engine.Write($"root/usr/lib/gcc/x86_64-linux-gnu/{version}/crtbegin.o", "x");
            _engine.Write($"root/usr/include/c++/{version}/which.h", $"#define WHICH {version}");
        }

        _engine.Write("a.cpp", "#include <which.h>\nint which = WHICH;");
        Directory.Move(_engine["root/usr/lib/gcc/x86_64-linux-gnu/12"], _engine["away"]);
        const string Line = "clang++-19 --gcc-toolchain=root/usr -c a.cpp -o a.o";
        await _engine.DifferAsync(Line, () => Directory.Move(_engine["away"], _engine["root/usr/lib/gcc/x86_64-linux-gnu/12"]));
    }

    private static async Task<IReadOnlyList<string>> NamedAsync(string compiler, string options)
    {
        CompileCommand command = new(compiler, options.Split(' '), "/", CompilerLab.CleanEnvironment);
        (Toolchain? toolchain, _) = await new ToolchainIdentifier(null).IdentifyAsync(compiler, "/", command.Environment, CancellationToken.None);
        (CompileCommand? named, string? reason) = await new NativeProcessors().ResolveAsync(toolchain!, command);
        return named?.Arguments ?? throw new AssertFailedException(reason ?? "no reason");
    }

    private string CopyCompiler(string name, string from)
    {
        string driver = _engine[name];
        Directory.CreateDirectory(Path.GetDirectoryName(driver)!);
        File.Copy(from, driver);
        _engine.Settle(name);
        _engine.Settle(Path.GetDirectoryName(name)!);
        return driver;
    }
}
