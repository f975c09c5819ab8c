using System.Globalization;
using DistBuild.Fuzz.Targets;

namespace DistBuild.Fuzz;

/// <summary>Whatever bytes come: an answer that the format documents, bounded memory, an end, and what is accepted reads the same when written back.</summary>
[TestClass]
public sealed class FuzzTests
{
    /// <summary>For each parser; some seconds for all of them.</summary>
    private const int Iterations = 10_000;

    /// <summary>The same among the tests every time; FUZZ_SEED or, in a long run, the day chooses another.</summary>
    private static readonly int Seed = Number("FUZZ_SEED") ?? (Minutes > 0 ? (int)(DateTime.UtcNow - DateTime.UnixEpoch).TotalMinutes : 20050613);

    private static int Minutes => Number("FUZZ_MINUTES") ?? 0;

    private static IEnumerable<object[]> Targets =>
        [.. WireTargets.All.Concat(DatagramTargets.All).Concat(MulticastTargets.All).Concat(StoreTargets.All).Concat(FileTargets.All).Concat(TextTargets.All).Select(target => (object[])[target])];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DynamicData(nameof(Targets))]
    public async Task Whatever_bytes_come_a_parser_answers_as_documented(object target)
    {
        FuzzTarget fed = (FuzzTarget)target;
        Assert.IsNotEmpty(fed.Corpus);
        TimeSpan time = TimeSpan.FromMinutes((double)Minutes / Targets.Count());

        (long count, long accepted) = await new Fuzzer(fed, Seed).RunAsync((long)(Iterations * fed.Share), time);

        TestContext.WriteLine($"{fed.Name}: {count} inputs, {accepted} accepted, seed {Seed}");
        Assert.IsGreaterThan(0L, accepted, "damage reaches what is behind the first check");
    }

    [AssemblyCleanup]
    public static void RemoveFiles() => FileTargets.RemoveFolder();

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
