using System.Diagnostics;
using DistBuild.Benchmarks.Measuring;
using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.Benchmarks.Contenders;

/// <summary>Runs a program and takes its cost.</summary>
internal static class TimedProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    public static async Task<(Cost Cost, string Printed)> RunAsync(
        string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string> environment)
    {
        TimeSpan before = Cost.OfEndedChildren();
        long start = Stopwatch.GetTimestamp();
        await using RunningProgram running = RunningProgram.Start(program, arguments, folder, environment);
        ProgramResult result = await running.ExitAsync(Patience);
        Cost cost = new(Stopwatch.GetElapsedTime(start), Cost.OfEndedChildren() - before);
        return (cost, result.MustSucceed().Printed);
    }
}
