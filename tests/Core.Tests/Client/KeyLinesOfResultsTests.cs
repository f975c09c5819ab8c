using System.Runtime.Versioning;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Client;

/// <summary>What is kept and given back: section 7 of the list in docs/caching.md, whose lines the numbers are.</summary>
[TestClass]
[UnsupportedOSPlatform("windows")]
public sealed class KeyLinesOfResultsTests : IDisposable
{
    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [TestMethod]
    public async Task Line_85_86_a_compile_that_makes_nothing_or_fails_is_not_kept_and_leaves_no_stale_object()
    {
        _engine.Write("a.c", "int a = X;");
        for (int build = 0; build < 2; build++)
        {
            File.WriteAllText(_engine["a.o"], "an old object");
            TranslationUnit unit = new("a.c", _engine["a.c"], _engine["a.o"], new CompileCommand("gcc", ["-c", "a.c", "-o", "a.o"], _engine[""].TrimEnd('/'), _engine.Environment));
            UnitResult failed = await _engine.BuildAsync(unit);
            Assert.AreEqual(UnitOutcome.Failed, failed.Outcome);
            Assert.Contains("error:", failed.Errors);
            Assert.IsFalse(File.Exists(_engine["a.o"]));
        }

        _engine.Write("a.c", "");
        Assert.AreEqual(UnitOutcome.CompiledLocally, (await _engine.MakeAsync("gcc -c a.c -o a.o")).Outcome, "an empty source has an object");
        Assert.AreEqual(UnitOutcome.LocalHit, (await _engine.MakeAsync("gcc -c a.c -o a.o")).Outcome);
    }

    [TestMethod]
    [DataRow("g++")]
    [DataRow("clang++-19")]
    public async Task Line_84_names_that_compilers_make_up_are_the_same_every_time(string compiler)
    {
        _engine.Write("a.cpp", "namespace { struct S { S(); int x; }; S::S() : x(__COUNTER__) {} S s; }\nstatic int counted = __COUNTER__;\nint a() { return s.x + counted; }\n");
        await _engine.ShareAsync($"{compiler} -O1 -g -c a.cpp -o a.o", $"{compiler} -O1 -g -c a.cpp -o b.o");
    }

    [TestMethod]
    public void Line_13_keys_of_two_versions_never_meet()
    {
        using KeyBuilder one = new("unit/1"), two = new("unit/2");
        Assert.AreNotEqual(one.Add("content", "x").Build(), two.Add("content", "x").Build());
    }

    [TestMethod]
    public async Task Line_69_no_clock_but_the_compilers_own_has_a_part_in_a_key()
    {
        _engine.Write("a.c", "int a;");
        await _engine.MakeAsync("gcc -c a.c -o a.o");
        foreach (int years in new[] { -5, 5 })
        {
            DateTime time = DateTime.UtcNow.AddYears(years);
            foreach (string file in Directory.EnumerateFiles(_engine["../store"], "*", SearchOption.AllDirectories).Append(_engine["a.c"]))
            {
                File.SetLastWriteTimeUtc(file, time);
            }

            _engine.Settle("a.c");
            Assert.AreEqual(UnitOutcome.LocalHit, (await _engine.MakeAsync("gcc -c a.c -o a.o")).Outcome);
        }
    }

    [TestMethod]
    public async Task Line_90_91_manifests_and_results_never_meet()
    {
        // A source that includes nothing: its only input is the source itself, in the manifest's key as in the result's.
        _engine.Write("a.c", "int a;");
        _engine.Write("b.c", "int a;");
        await _engine.DifferAsync("gcc -c a.c -o a.o", "gcc -c b.c -o a.o");
        Assert.AreEqual(UnitOutcome.LocalHit, (await _engine.MakeAsync("gcc -c b.c -o a.o")).Outcome);
    }

    [TestMethod]
    [DataRow("gcc -DA -DB -c a.c -o a.o", "gcc -DAB -c a.c -o a.o")]
    [DataRow("gcc -DA -c a.c -o a.o", "gcc -D A=1 -c a.c -o a.o")]
    [DataRow("gcc -I -DX -c a.c -o a.o", "gcc -I. -DX -c a.c -o a.o")]
    public async Task Line_91_arguments_are_never_run_together(string one, string two)
    {
        _engine.Folder("-DX");
        _engine.Write("a.c", "int a;");
        await _engine.DifferAsync(one, two);
    }

    [TestMethod]
    public async Task Line_92_an_object_of_a_hit_is_a_new_file_of_its_own()
    {
        _engine.Write("a.c", "int a;");
        await _engine.MakeAsync("gcc -c a.c -o a.o");
        File.WriteAllText(_engine["a.o"], "left by a link");
        DateTime before = DateTime.UtcNow.AddMilliseconds(-50);

        Made hit = await _engine.MakeAsync("gcc -c a.c -o b.o");
        File.AppendAllText(_engine["b.o"], "spoilt by a later tool");

        Assert.AreEqual(UnitOutcome.LocalHit, hit.Outcome);
        Assert.IsGreaterThan(before, File.GetLastWriteTimeUtc(_engine["b.o"]));
        Assert.AreEqual(File.GetUnixFileMode(_engine["a.c"]), File.GetUnixFileMode(_engine["b.o"]));
        Assert.AreEqual(UnitOutcome.LocalHit, (await _engine.MakeAsync("gcc -c a.c -o c.o")).Outcome);
    }

    [TestMethod]
    public async Task Line_93_a_damaged_store_is_compiled_around()
    {
        _engine.Write("a.c", "int a;");
        await _engine.MakeAsync("gcc -c a.c -o a.o");
        foreach (string file in Directory.EnumerateFiles(_engine["../store"], "*", SearchOption.AllDirectories).Where(file => !file.Contains("toolchains", StringComparison.Ordinal)))
        {
            byte[] bytes = File.ReadAllBytes(file);
            File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]);
        }

        Assert.AreEqual(UnitOutcome.CompiledLocally, (await _engine.MakeAsync("gcc -c a.c -o a.o")).Outcome);
        Assert.AreEqual(UnitOutcome.LocalHit, (await _engine.MakeAsync("gcc -c a.c -o a.o")).Outcome);
    }

    [TestMethod]
    public async Task Line_94_one_unit_of_two_projects_is_one_result()
    {
        _engine.Write("one/src/a.c", "#include \"h.h\"\nint a = X;");
        _engine.Write("one/src/h.h", "#define X 1");
        _engine.Write("two/src/a.c", "#include \"h.h\"\nint a = X;");
        _engine.Write("two/src/h.h", "#define X 1");
        await _engine.ShareAsync("gcc -O2 -c src/a.c -o debug.o", "gcc -O2 -c src/a.c -o release.o", "one", "two");
    }
}
