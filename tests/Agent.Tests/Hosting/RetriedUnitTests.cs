using DistBuild.Core.Client;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Records;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Hosting;

/// <summary>What an agent cannot compile as the source compiles. The number is a line of docs/caching.md.</summary>
[TestClass]
public sealed class RetriedUnitTests
{
    [TestMethod]
    public async Task A_text_that_fails_by_a_warning_its_source_does_not_raise_is_compiled_here_58()
    {
        using TemporaryFolder folder = new();
        await using RunningAgent agent = await RunningAgent.StartAsync(folder);

        // The condition keeps clang from a text with its macros in place, and where they are expanded it sees a comparison of a variable with itself.
        folder.Write("work/a.c", "#if __COUNTER__ == 0\n#endif\n#define A x\n#define B x\nint f(int x) { return A == B; }\n");
        CompileCommand command = new("clang-19", ["-Wall", "-Werror", "-c", "a.c", "-o", "a.o"], folder["work"], RunningAgent.Environment());
        TranslationUnit unit = new("a.c", folder["work/a.c"], folder["work/a.o"], command);
        await using BuildSession session = new(agent.Options with { LocalSlots = 0 }, TimeProvider.System);

        UnitResult result = (await new UnitCompiler(session, BuildRecords.Load(folder["records"]), new Silence(), 1).CompileAsync([unit], CancellationToken.None)).Single();

        Assert.AreEqual(UnitOutcome.CompiledLocally, result.Outcome, $"{result.Reason}{result.Errors}");
        Assert.Contains("the text did not compile on", result.Reason!);
        Assert.AreEqual("", result.Errors);
        Assert.IsTrue(File.Exists(unit.Object));
    }

    private sealed class Silence : IBuildObserver
    {
        public void Finished(UnitResult result, int finished, int total)
        {
        }

        public void Report(Diagnostic diagnostic, params object[] values) => Assert.Fail(diagnostic.Format(values));
    }
}
