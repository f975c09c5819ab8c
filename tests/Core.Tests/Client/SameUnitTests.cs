using DistBuild.Core.Client;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Records;

namespace DistBuild.Core.Tests.Client;

/// <summary>Units of one build that make the same.</summary>
[TestClass]
public sealed class SameUnitTests : IDisposable
{
    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [TestMethod]
    [DataRow("", DisplayName = "keyed by the contents of files")]
    [DataRow("-DNOW=__DATE__", DisplayName = "keyed by its text")]
    public async Task Of_units_that_make_the_same_one_is_compiled_and_the_others_wait_for_it(string option)
    {
        _engine.Environment["SOURCE_DATE_EPOCH"] = "1";
        _engine.Write("a.cpp", "#include <vector>\n#include <string>\n#ifndef NOW\n#define NOW 1\n#endif\nstd::vector<std::string> a; auto b = NOW;");
        UnitOutcome[] outcomes = [.. (await BuildAsync(6, 4, option)).Select(result => result.Outcome).Order()];
        CollectionAssert.AreEqual(new[] { UnitOutcome.LocalHit, UnitOutcome.LocalHit, UnitOutcome.LocalHit, UnitOutcome.LocalHit, UnitOutcome.LocalHit, UnitOutcome.CompiledLocally }, outcomes);
        byte[][] objects = [.. Enumerable.Range(0, 6).Select(i => File.ReadAllBytes(_engine[$"{i}.o"]))];
        Assert.IsTrue(objects.All(made => made.AsSpan().SequenceEqual(objects[0])));
    }

    [TestMethod]
    public async Task Units_that_fail_alike_all_fail()
    {
        _engine.Write("a.cpp", "#include <vector>\nint a = b;");
        IReadOnlyList<UnitResult> results = await BuildAsync(4, 3, "-O1");
        Assert.IsTrue(results.All(result => result.Outcome == UnitOutcome.Failed && result.Errors.Contains("was not declared")));
    }

    private async Task<IReadOnlyList<UnitResult>> BuildAsync(int units, int slots, string option)
    {
        await using BuildSession session = new(new BuildOptions { Store = _engine["../store"], Broadcast = false }, TimeProvider.System);
        UnitCompiler compiler = new(session, BuildRecords.Load(_engine["records"]), new AtFirstFinished(() => { }), slots);
        return await compiler.CompileAsync([.. Enumerable.Range(0, units).Select(i => Unit($"{i}.o", option))], CancellationToken.None);
    }

    private TranslationUnit Unit(string target, string option)
    {
        string[] arguments = [.. option.Length == 0 ? [] : new[] { option }, "-c", "a.cpp", "-o", target];
        return new TranslationUnit("a.cpp", _engine["a.cpp"], _engine[target], new CompileCommand("g++", arguments, _engine[""].TrimEnd('/'), _engine.Environment.ToDictionary()));
    }
}
