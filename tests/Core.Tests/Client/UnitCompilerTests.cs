using System.Collections;
using DistBuild.Core.Client;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Records;

namespace DistBuild.Core.Tests.Client;

/// <summary>The engine with a real compiler and a real store, without agents.</summary>
[TestClass]
public sealed class UnitCompilerTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("unit-compiler-").FullName;
    private readonly Listener _listener = new();

    [TestCleanup]
    public void Clean() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public async Task A_second_compile_of_the_same_text_is_a_local_hit_with_the_same_bytes()
    {
        Write("a.cpp", "int answer() { return 42; }");
        Assert.AreEqual(UnitOutcome.CompiledLocally, (await BuildAsync("a.cpp")).Single().Outcome);
        byte[] compiled = File.ReadAllBytes(Path.Combine(_folder, "a.o"));
        File.Delete(Path.Combine(_folder, "a.o"));

        Assert.AreEqual(UnitOutcome.LocalHit, (await BuildAsync("a.cpp")).Single().Outcome);
        CollectionAssert.AreEqual(compiled, File.ReadAllBytes(Path.Combine(_folder, "a.o")));
    }

    [TestMethod]
    public async Task What_is_up_to_date_is_left_alone()
    {
        Write("a.cpp", "int answer() { return 42; }");
        await BuildAsync("a.cpp");
        DateTime written = File.GetLastWriteTimeUtc(Path.Combine(_folder, "a.o"));

        Assert.AreEqual(UnitOutcome.UpToDate, (await BuildAsync("a.cpp")).Single().Outcome);
        Assert.AreEqual(written, File.GetLastWriteTimeUtc(Path.Combine(_folder, "a.o")));
    }

    [TestMethod]
    public async Task A_changed_header_compiles_exactly_its_users()
    {
        Write("shared.h", "#define ANSWER 42");
        Write("uses.cpp", "#include \"shared.h\"\nint uses() { return ANSWER; }");
        Write("alone.cpp", "int alone() { return 1; }");
        await BuildAsync("uses.cpp", "alone.cpp");
        Write("shared.h", "#define ANSWER 43");

        IReadOnlyList<UnitResult> second = await BuildAsync("uses.cpp", "alone.cpp");

        CollectionAssert.AreEqual(new[] { UnitOutcome.CompiledLocally, UnitOutcome.UpToDate }, second.Select(unit => unit.Outcome).ToArray());
    }

    [TestMethod]
    public async Task Line_87_warnings_are_said_again_on_a_hit()
    {
        Write("a.cpp", "int answer() { int unused = 1; return 42; }");
        UnitResult compiled = (await BuildWithAsync(["-Wall"], "a.cpp")).Single();
        File.Delete(Path.Combine(_folder, "a.o"));

        UnitResult hit = (await BuildWithAsync(["-Wall"], "a.cpp")).Single();

        Assert.AreEqual(UnitOutcome.LocalHit, hit.Outcome);
        Assert.Contains("-Wunused-variable", hit.Errors);
        Assert.AreEqual(compiled.Errors, hit.Errors);
    }

    [TestMethod]
    public async Task Line_86_a_failure_is_the_compilers_own_and_leaves_no_object_and_nothing_in_the_store()
    {
        Write("a.cpp", "int answer() { return 42; }");
        await BuildAsync("a.cpp");
        Write("a.cpp", "int answer() { return nonsense; }");

        UnitResult failed = (await BuildAsync("a.cpp")).Single();

        Assert.AreEqual(UnitOutcome.Failed, failed.Outcome);
        Assert.Contains("a.cpp:1:23: error:", failed.Errors);
        Assert.IsFalse(File.Exists(Path.Combine(_folder, "a.o")), "the object of the earlier source must not be linked");
        Assert.AreEqual(UnitOutcome.Failed, (await BuildAsync("a.cpp")).Single().Outcome);
    }

    [TestMethod]
    public async Task What_must_not_be_cached_is_compiled_with_the_reason()
    {
        Write("a.cpp", "int answer() { return 42; }");

        UnitResult first = (await BuildWithAsync(["-save-temps=obj"], "a.cpp")).Single();

        Assert.AreEqual(UnitOutcome.NotCacheable, first.Outcome);
        Assert.Contains("-save-temps", first.Reason!);
        Assert.IsTrue(File.Exists(Path.Combine(_folder, "a.o")));
    }

    [TestMethod]
    public async Task Cancelling_leaves_no_half_written_file()
    {
        Write("slow.cpp", "#include <regex>\n#include <map>\nstd::regex r(\"a+\"); std::map<int, std::regex> m;");
        using CancellationTokenSource cancel = new();
        _listener.Cancel = cancel;
        Write("quick.c", "int quick;");

        await Assert.ThrowsAsync<OperationCanceledException>(() => BuildUnitsAsync([Unit("quick.c", []), Unit("slow.cpp", [])], cancel.Token));

        CollectionAssert.AreEquivalent(
            new[] { "quick.c", "quick.o", "slow.cpp", "build.records", "store" },
            Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName).ToArray());
    }

    [TestMethod]
    public async Task A_store_that_cannot_be_used_costs_one_warning_and_nothing_else()
    {
        File.WriteAllText(Path.Combine(_folder, "store"), "a file where the store should be");
        Write("a.cpp", "int a;");
        Write("b.cpp", "int b;");

        IReadOnlyList<UnitResult> results = await BuildAsync("a.cpp", "b.cpp");

        Assert.IsTrue(results.All(unit => unit.Outcome == UnitOutcome.CompiledLocally));
        Assert.AreEqual("DB1003", _listener.Reported.Single());
    }

    [TestMethod]
    public async Task A_hit_by_manifest_needs_no_preprocessing()
    {
        Write("a.cpp", "#include <vector>\nstd::vector<int> v;");
        Assert.AreEqual(KeyMode.Direct, (await BuildAsync("a.cpp")).Single().Keyed);
        File.Delete(Path.Combine(_folder, "a.o"));

        UnitResult hit = (await BuildAsync("a.cpp")).Single();

        Assert.AreEqual((UnitOutcome.LocalHit, (KeyMode?)KeyMode.Direct), (hit.Outcome, hit.Keyed));
    }

    [TestMethod]
    public async Task Line_52_a_header_that_appears_in_an_earlier_folder_is_not_missed()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "first"));
        Directory.CreateDirectory(Path.Combine(_folder, "second"));
        Write("second/which.h", "#define WHICH 2");
        Write("a.cpp", "#include <which.h>\nextern const int which; const int which = WHICH;");
        await BuildWithAsync(["-Ifirst", "-Isecond"], "a.cpp");
        byte[] second = File.ReadAllBytes(Path.Combine(_folder, "a.o"));
        Write("first/which.h", "#define WHICH 1");
        File.Delete(Path.Combine(_folder, "a.o"));

        UnitResult result = (await BuildWithAsync(["-Ifirst", "-Isecond"], "a.cpp")).Single();

        Assert.AreEqual(UnitOutcome.CompiledLocally, result.Outcome);
        CollectionAssert.AreNotEqual(second, File.ReadAllBytes(Path.Combine(_folder, "a.o")));
    }

    [TestMethod]
    public async Task Line_51_a_header_that_was_asked_for_and_appears_is_not_missed()
    {
        Write("a.cpp", "#if __has_include(\"late.h\")\nextern const int which; const int which = 1;\n#else\nextern const int which; const int which = 2;\n#endif");
        await BuildAsync("a.cpp");
        byte[] without = File.ReadAllBytes(Path.Combine(_folder, "a.o"));
        Write("late.h", "");
        File.Delete(Path.Combine(_folder, "a.o"));

        Assert.AreEqual(UnitOutcome.CompiledLocally, (await BuildAsync("a.cpp")).Single().Outcome);
        CollectionAssert.AreNotEqual(without, File.ReadAllBytes(Path.Combine(_folder, "a.o")));
    }

    [TestMethod]
    public async Task Line_47_the_time_of_the_compile_in_a_header_is_never_served_from_the_store()
    {
        Write("when.h", "#define WHEN __TIME__");
        Write("a.cpp", "#include \"when.h\"\nextern const char* const when; const char* const when = WHEN;");
        for (int build = 0; build < 3; build++)
        {
            UnitResult result = (await BuildAsync("a.cpp")).Single();
            Assert.AreNotEqual(KeyMode.Direct, result.Outcome == UnitOutcome.LocalHit ? result.Keyed : null, $"build {build}");
            File.Delete(Path.Combine(_folder, "a.o"));
        }
    }

    [TestMethod]
    public async Task A_checkout_elsewhere_shares_what_records_no_path_and_nothing_else()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "one"));
        Directory.CreateDirectory(Path.Combine(_folder, "two"));
        foreach (string checkout in new[] { "one", "two" })
        {
            Write(checkout + "/h.h", "#define ANSWER 42");
            Write(checkout + "/a.cpp", "#include \"h.h\"\nint answer() { return ANSWER; }");
        }

        Assert.AreEqual(UnitOutcome.CompiledLocally, (await BuildUnitsAsync([UnitIn("one", [])])).Single().Outcome);
        Assert.AreEqual(UnitOutcome.LocalHit, (await BuildUnitsAsync([UnitIn("two", [])])).Single().Outcome);
        Assert.AreEqual(UnitOutcome.CompiledLocally, (await BuildUnitsAsync([UnitIn("one", ["-g"])])).Single().Outcome);
        Assert.AreEqual(UnitOutcome.CompiledLocally, (await BuildUnitsAsync([UnitIn("two", ["-g"])])).Single().Outcome, "debug information records the folder");
    }

    [TestMethod]
    public async Task Line_41_the_same_source_by_another_path_is_another_unit()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "sub"));
        const string Text = "extern const char* const file; const char* const file = __FILE__;";
        Write("a.cpp", Text);
        Write("sub/a.cpp", Text);
        await BuildAsync("a.cpp");

        Assert.AreEqual(UnitOutcome.CompiledLocally, (await BuildAsync("sub/a.cpp")).Single().Outcome);
    }

    [TestMethod]
    public async Task What_is_not_cacheable_is_still_up_to_date_when_nothing_changed()
    {
        Write("h.h", "#define ANSWER 42");
        Write("a.cpp", "#include \"h.h\"\nint answer() { return ANSWER; }");
        Assert.AreEqual(UnitOutcome.NotCacheable, (await BuildWithAsync(["-fstack-usage"], "a.cpp")).Single().Outcome);
        Assert.AreEqual(UnitOutcome.UpToDate, (await BuildWithAsync(["-fstack-usage"], "a.cpp")).Single().Outcome);
        Write("h.h", "#define ANSWER 43");

        Assert.AreEqual(UnitOutcome.NotCacheable, (await BuildWithAsync(["-fstack-usage"], "a.cpp")).Single().Outcome);
    }

    [TestMethod]
    public async Task A_dependency_file_that_the_command_asks_for_is_what_the_compiler_writes()
    {
        Write("h.h", "");
        Write("a.cpp", "#include \"h.h\"\nint a;");

        await BuildWithAsync(["-MD", "-MF", "a.d"], "a.cpp");

        string written = File.ReadAllText(Path.Combine(_folder, "a.d"));
        Assert.StartsWith("a.o: a.cpp", written);
        Assert.Contains("h.h", written);
    }

    [TestMethod]
    public async Task A_missing_compiler_is_named()
    {
        Write("a.cpp", "int a;");
        CompileCommand command = new(Path.Combine(_folder, "no-g++"), ["-c", "a.cpp", "-o", "a.o"], _folder, Environment());

        UnitResult result = (await BuildUnitsAsync([new TranslationUnit("a.cpp", Path.Combine(_folder, "a.cpp"), Path.Combine(_folder, "a.o"), command)])).Single();

        Assert.AreEqual(UnitOutcome.Failed, result.Outcome);
        Assert.Contains("no-g++", result.Errors);
    }

    [TestMethod]
    public async Task Plain_mode_compiles_and_keeps_records_without_a_store()
    {
        Write("a.c", "int a;");
        TranslationUnit[] units = [Unit("a.c", [])];
        BuildRecords records = BuildRecords.Load(Path.Combine(_folder, "plain.records"));

        IReadOnlyList<UnitResult> first = await new UnitCompiler(null, records, _listener, 2).CompileAsync(units, CancellationToken.None);
        IReadOnlyList<UnitResult> second = await new UnitCompiler(null, records, _listener, 2).CompileAsync(units, CancellationToken.None);

        Assert.AreEqual(UnitOutcome.CompiledLocally, first.Single().Outcome);
        Assert.AreEqual(UnitOutcome.UpToDate, second.Single().Outcome);
    }

    private Task<IReadOnlyList<UnitResult>> BuildAsync(params string[] sources) => BuildWithAsync([], sources);

    private Task<IReadOnlyList<UnitResult>> BuildWithAsync(string[] flags, params string[] sources) =>
        BuildUnitsAsync([.. sources.Select(source => Unit(source, flags))]);

    private async Task<IReadOnlyList<UnitResult>> BuildUnitsAsync(TranslationUnit[] units, CancellationToken cancellationToken = default)
    {
        BuildRecords records = BuildRecords.Load(Path.Combine(_folder, "build.records"));
        BuildOptions options = new() { Store = Path.Combine(_folder, "store"), Broadcast = false };
        await using BuildSession session = new(options, TimeProvider.System);
        try
        {
            return await new UnitCompiler(session, records, _listener, 1).CompileAsync(units, cancellationToken);
        }
        finally
        {
            records.Save();
        }
    }

    private TranslationUnit Unit(string source, string[] flags)
    {
        string target = Path.ChangeExtension(source, ".o");
        CompileCommand command = new(source.EndsWith(".c", StringComparison.Ordinal) ? "gcc" : "g++", [.. flags, "-c", source, "-o", target], _folder, Environment());
        return new TranslationUnit(source, Path.Combine(_folder, source), Path.Combine(_folder, target), command);
    }

    private TranslationUnit UnitIn(string checkout, string[] flags)
    {
        string folder = Path.Combine(_folder, checkout);
        CompileCommand command = new("g++", [.. flags, "-c", "a.cpp", "-o", "a.o"], folder, Environment());
        return new TranslationUnit("a.cpp", Path.Combine(folder, "a.cpp"), Path.Combine(folder, "a.o"), command);
    }

    /// <summary>A file that was edited before the build, and so long before that a later edit must show.</summary>
    private void Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        Assert.IsTrue(FileIdentity.TryRead(path, out FileIdentity written));
        SpinWait.SpinUntil(() => written.SettledBefore(FileIdentity.Now()));
    }

    private static Dictionary<string, string> Environment() => System.Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>().ToDictionary(variable => (string)variable.Key, variable => (string)variable.Value!);

    private sealed class Listener : IBuildObserver
    {
        public List<string> Reported { get; } = [];

        /// <summary>Cancelled at the first finished unit.</summary>
        public CancellationTokenSource? Cancel { get; set; }

        public void Finished(UnitResult result, int finished, int total) => Cancel?.Cancel();

        public void Report(Diagnostic diagnostic, params object[] values) => Reported.Add(diagnostic.Code);
    }
}
