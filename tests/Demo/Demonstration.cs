using System.Diagnostics;
using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.Demo;

/// <summary>
/// Two agents, two developers and the sample solution: everything is compiled once, by whoever is free; nothing is compiled twice; and a change
/// compiles what it touches. Fails when the counts are not those.
/// </summary>
internal static class Demonstration
{
    private const string Header = "text/include/text/json.h";

    /// <summary>The units that include <see cref="Header"/>.</summary>
    private static readonly string[] HeaderUsers = ["json_command.cpp", "json_reader.cpp", "json_tests.cpp", "json_value.cpp", "json_writer.cpp"];

    public static async Task RunAsync()
    {
        await Product.InstallAsync();
        using Developer a = CheckOut();
        using Developer b = CheckOut();
        string key = a.PathOf("../cluster.key");
        (await a.RunAsync(Product.Tool, "cluster", "new-key", key)).MustSucceed();
        // The first runs on A's machine and shares A's store, so what A compiles is served too.
        await using Agent first = await Agent.StartAsync(store: a.Store, slots: 1, clusterKeyFile: key);
        await using Agent second = await Agent.StartAsync(slots: 1, clusterKeyFile: key);
        Console.WriteLine($"{Sample.Solution}: {Sample.Units} units. Both developers run: distbuild init");
        foreach (Developer developer in (Developer[])[a, b])
        {
            developer.Use(first, second);
            await developer.InitializeAsync();
        }

        Table.PrintHeadings();
        BuildReport cold = await BuildAsync("(a) A, nothing compiled yet", a);
        Check(cold.Units.Count == Sample.Units, $"{Sample.Units} units should have been built, not {cold.Units.Count}");
        Check(cold.Totals.Keys.Order().SequenceEqual(["compiledLocally", "compiledOnAgent"]), "units should have compiled on the agents and here, and nowhere else");

        BuildReport other = await BuildAsync("(b) B, elsewhere, empty store", b);
        Check(Count(other, "agentHit") == Sample.Units, "every unit should have come from an agent by hash");

        (await a.BuildAsync(Sample.Solution, "-t:Clean")).MustSucceed();
        BuildReport again = await BuildAsync("(c) A again, after Clean", a);
        Check(Count(again, "localHit") == Sample.Units, "every unit should have come from the local store");

        a.Write(Header, a.Read(Header).Replace("JsonValue readJson", "inline constexpr int JsonStandard = 8259;\n\nJsonValue readJson", StringComparison.Ordinal));
        BuildReport changed = await BuildAsync($"(d) A, {Path.GetFileName(Header)} changed", a);
        string[] compiled = [.. changed.Units.Where(unit => unit.Outcome is "compiledLocally" or "compiledOnAgent").Select(unit => Path.GetFileName(unit.Source)).Order(StringComparer.Ordinal)];
        Check(compiled.SequenceEqual(HeaderUsers), $"exactly the users of the header should have compiled, not: {string.Join(' ', compiled)}");
        Check(Count(changed, "upToDate") == Sample.Units - HeaderUsers.Length, "the others should have been up to date");

        Console.WriteLine("\nWhat was built:");
        Console.Write((await b.RunAsync(b.PathOf("x64/Release/Workbench"), "tour")).MustSucceed().Printed);
        await Sample.MustRunAsync(a, "Release");
        await Sample.MustRunAsync(b, "Release");
        Console.WriteLine("The unit tests of the sample pass, A's and B's.");
    }

    private static Developer CheckOut()
    {
        Developer developer = new();
        developer.Environment["Configuration"] = "Release";
        developer.Environment["Platform"] = "x64";
        Sample.CopyTo(developer.Folder);
        return developer;
    }

    private static async Task<BuildReport> BuildAsync(string phase, Developer developer)
    {
        long start = Stopwatch.GetTimestamp();
        BuildReport report = (await developer.BuildAsync(Sample.Solution, "-m:2")).MustSucceed().Report;
        Table.PrintRow(phase, Stopwatch.GetElapsedTime(start), report);
        return report;
    }

    private static int Count(BuildReport report, string outcome) => report.Totals.GetValueOrDefault(outcome);

    private static void Check(bool condition, string message)
    {
        if (!condition)
        {
            throw new AssertFailedException(message);
        }
    }
}
