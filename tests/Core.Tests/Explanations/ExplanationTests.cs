using DistBuild.Core.Tests.Client;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Explanations;

/// <summary>What the engine says of a unit that was compiled again, with real compilers.</summary>
[TestClass]
public sealed class ExplanationTests : IDisposable
{
    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [TestMethod]
    public async Task The_first_build_of_a_unit_has_nothing_to_be_compared_with_and_says_why_it_was_compiled()
    {
        _shop.Write("a.cpp", "int a;");

        UnitResult first = await _shop.BuildAsync("a.cpp");

        Assert.AreEqual(("never compiled", "the local store knows no compile of these files with this command and compiler"), (first.OutOfDate, first.Reason));
        Assert.IsNotNull(first.Key);
        Assert.IsNull(first.Changes);
    }

    [TestMethod]
    public async Task A_changed_header_is_named_and_nothing_else()
    {
        _shop.Write("inc/h.h", "#define ANSWER 1");
        _shop.Write("inc/same.h", "#define SAME 1");
        _shop.Write("a.cpp", "#include \"h.h\"\n#include \"same.h\"\nint a = ANSWER;");
        await _shop.BuildAsync("a.cpp", "-Iinc");
        _shop.Write("inc/h.h", "#define ANSWER 2");

        UnitResult again = await _shop.BuildAsync("a.cpp", "-Iinc");

        Assert.AreEqual($"{_shop.PathOf("inc/h.h")} changed", again.OutOfDate);
        Assert.AreEqual("Header: inc/h.h changed", Describe(again));
    }

    [TestMethod]
    public async Task A_changed_source_is_named_as_the_source()
    {
        _shop.Write("a.cpp", "int a;");
        await _shop.BuildAsync("a.cpp");
        _shop.Write("a.cpp", "int b;");

        Assert.AreEqual("Source: a.cpp changed", Describe(await _shop.BuildAsync("a.cpp")));
    }

    [TestMethod]
    public async Task Changed_arguments_are_named_with_what_they_were()
    {
        _shop.Write("a.cpp", "int a;");
        await _shop.BuildAsync("a.cpp", "-O1", "-I", "one", "-DKEPT", "-DGONE");

        UnitResult again = await _shop.BuildAsync("a.cpp", "-O2", "-I", "two", "-DKEPT", "-DNEW=1");

        Assert.AreEqual("the command changed", again.OutOfDate);
        Assert.AreEqual("Arguments: -O1 -Ione became -O2 -Itwo; Arguments: -DGONE became -DNEW=1", Describe(again));
    }

    [TestMethod]
    public async Task A_header_that_appeared_before_another_is_told_from_one_that_is_newly_included()
    {
        Directory.CreateDirectory(_shop.PathOf("first"));
        _shop.Write("second/which.h", "#define WHICH 2");
        _shop.Write("a.cpp", "#include <which.h>\nint a = WHICH;");
        await _shop.BuildAsync("a.cpp", "-Ifirst", "-Isecond");
        _shop.Write("first/which.h", "#define WHICH 1");
        File.Delete(_shop.PathOf("a.o"));

        Assert.AreEqual(
            "Header: first/which.h appeared, and is read now; Header: second/which.h was read, and is not found there any more",
            Describe(await _shop.BuildAsync("a.cpp", "-Ifirst", "-Isecond")));
        _shop.Write("second/more.h", "#define MORE 1");
        _shop.Write("a.cpp", "#include <which.h>\n#include <more.h>\nint a = WHICH;");

        Assert.AreEqual("Source: a.cpp changed; Header: second/more.h is read now", Describe(await _shop.BuildAsync("a.cpp", "-Ifirst", "-Isecond")));
    }

    [TestMethod]
    public async Task Another_compiler_is_named_first()
    {
        _shop.Write("a.cpp", "int a;");
        await _shop.BuildAsync("a.cpp");

        string changes = Describe((await _shop.BuildAsync(_shop.Unit("clang++-19", "a.cpp"))).Single());

        Assert.StartsWith("Toolchain: g++ 12", changes);
        Assert.Contains(" became clang++ 19", changes);
    }

    [TestMethod]
    public async Task Another_language_of_messages_is_named()
    {
        _shop.Environment["LC_ALL"] = "C";
        _shop.Write("a.cpp", "int a;");
        await _shop.BuildAsync("a.cpp");
        File.Delete(_shop.PathOf("a.o"));
        _shop.Environment["LC_ALL"] = "de_DE.UTF-8";

        string changes = Describe(await _shop.BuildAsync("a.cpp"));

        Assert.StartsWith("Environment: language of messages (LC_ALL, LC_MESSAGES, LC_CTYPE, LANG): C became de_DE.UTF-8", changes);
    }

    [TestMethod]
    public async Task A_result_that_is_gone_from_the_store_is_told_from_a_key_that_changed()
    {
        _shop.Write("a.cpp", "int a;");
        await _shop.BuildAsync("a.cpp");
        File.Delete(_shop.PathOf("a.o"));
        Directory.Delete(_shop.PathOf("store/v1"), recursive: true);

        UnitResult again = await _shop.BuildAsync("a.cpp");

        Assert.AreEqual((UnitOutcome.CompiledLocally, "a.o is missing"), (again.Outcome, again.OutOfDate));
        Assert.IsEmpty(again.Changes!.Differences);
    }

    [TestMethod]
    public async Task Of_several_earlier_builds_the_nearest_is_compared_with()
    {
        _shop.Write("a.cpp", "int a;");
        await _shop.BuildAsync("a.cpp", "-O1");
        await _shop.BuildAsync("a.cpp", "-O2", "-DFAR", "-DAWAY=2", "-funroll-loops");

        Assert.AreEqual("Arguments: -DNEAR is new", Describe(await _shop.BuildAsync("a.cpp", "-O1", "-DNEAR")));
    }

    [TestMethod]
    public async Task A_unit_keyed_by_its_text_is_explained_by_its_files_too()
    {
        _shop.Write("h.h", "#define WHEN __DATE__\n#define ANSWER 1");
        _shop.Write("a.cpp", "#include \"h.h\"\nint a = ANSWER; const char *when() { return \"\"; }");
        await _shop.BuildAsync("a.cpp");
        File.Delete(_shop.PathOf("a.o"));
        await _shop.BuildAsync("a.cpp");
        _shop.Write("h.h", "#define WHEN __DATE__\n#define ANSWER 2");

        UnitResult again = await _shop.BuildAsync("a.cpp");

        Assert.AreEqual((KeyMode?)KeyMode.Preprocessed, again.Keyed, again.Reason);
        Assert.AreEqual("Header: h.h changed", Describe(again));
    }

    [TestMethod]
    public async Task What_is_never_cached_says_which_argument_decided_it()
    {
        _shop.Write("a.cpp", "int a;");

        UnitResult result = await _shop.BuildAsync("a.cpp", "-fstack-usage");

        Assert.AreEqual(UnitOutcome.NotCacheable, result.Outcome);
        Assert.StartsWith("-fstack-usage: ", result.Reason);
        Assert.IsNull(result.Key);
    }

    [TestMethod]
    public async Task A_failed_compile_says_that_it_is_not_kept_and_leaves_the_earlier_build_to_compare_with()
    {
        _shop.Write("a.cpp", "int a;");
        await _shop.BuildAsync("a.cpp");
        _shop.Write("a.cpp", "int a = ;");
        UnitResult failed = await _shop.BuildAsync("a.cpp");
        _shop.Write("a.cpp", "int a = 1;");

        Assert.AreEqual("the compiler ended with exit code 1; a failed compile is never kept", failed.Reason);
        Assert.AreEqual("Source: a.cpp changed", Describe(await _shop.BuildAsync("a.cpp")));
    }

    [TestMethod]
    public async Task What_was_not_kept_says_why()
    {
        _shop.Options = _shop.Options with { StoreSize = 100 };
        _shop.Write("a.cpp", "int a;");

        Assert.EndsWith("; not kept: its result is larger than the store may be", (await _shop.BuildAsync("a.cpp")).Reason);
    }

    [TestMethod]
    public async Task Hits_need_no_reason_and_units_that_are_up_to_date_are_not_noted()
    {
        _shop.Write("a.cpp", "int a;");
        await _shop.BuildAsync("a.cpp");
        File.Delete(_shop.PathOf("a.o"));
        UnitResult hit = await _shop.BuildAsync("a.cpp");
        string notes = Directory.GetFiles(_shop.PathOf("store/notes"), "*.notes").Single();
        DateTime written = File.GetLastWriteTimeUtc(notes);

        UnitResult upToDate = await _shop.BuildAsync("a.cpp");

        Assert.AreEqual((UnitOutcome.LocalHit, null, 0), (hit.Outcome, hit.Reason, hit.Changes!.Differences.Count));
        Assert.AreEqual((UnitOutcome.UpToDate, null, null), (upToDate.Outcome, upToDate.Reason, upToDate.OutOfDate));
        Assert.AreEqual(written, File.GetLastWriteTimeUtc(notes));
    }

    [TestMethod]
    public async Task Notes_that_cannot_be_written_cost_nothing_but_explanations()
    {
        _shop.Write("store/notes", "a file where the folder should be");
        _shop.Write("a.cpp", "int a;");

        UnitResult result = await _shop.BuildAsync("a.cpp");

        Assert.AreEqual(UnitOutcome.CompiledLocally, result.Outcome);
        Assert.IsEmpty(_shop.Reported);
    }

    private static string Describe(UnitResult result) => string.Join("; ", result.Changes!.Differences.Select(change => $"{change.Part}: {change.Phrase}"));
}
