using System.Runtime.InteropServices;
using DistBuild.Benchmarks;
using DistBuild.Benchmarks.Results;
using DistBuild.Benchmarks.Scenarios;
using DistBuild.EndToEnd.Tests.Harness;

IScenario[] scenarios = [new AllHits(), new NothingToDo(), new ColdFill(), new PeakMemory(), new Scaling(), new LanHits(), new Founding()];
BenchmarkOptions options;
try
{
    options = BenchmarkOptions.Parse(args);
    if (options.Names.FirstOrDefault(name => scenarios.All(scenario => scenario.Name != name)) is { } unknown)
    {
        throw new FormatException($"no benchmark '{unknown}'");
    }
}
catch (FormatException e)
{
    Console.Error.WriteLine($"{e.Message}. Usage: bench [NAME…] [--rounds N] [--units N] [--corpus generated|re2|both] [--no-sccache] [--json FILE], names:");
    Array.ForEach(scenarios, scenario => Console.Error.WriteLine($"  {scenario.Name,-8} {scenario.Question}"));
    return 2;
}

bool interrupted = false;
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
try
{
    ResultLog results = new();
    await Product.InstallAsync();
    foreach (IScenario scenario in scenarios.Where(scenario => options.Names.Count == 0 || options.Names.Contains(scenario.Name)))
    {
        results.Say($"\n== {scenario.Name}: {scenario.Question}");
        await scenario.RunAsync(options, results);
    }

    results.Summarise();
    if (options.Json is { } file)
    {
        results.Save(file);
    }

    return 0;
}
catch (Exception e) when (interrupted)
{
    Console.Error.WriteLine($"Interrupted. ({e.GetType().Name})");
    return 130;
}
catch (Exception e) when (e is AssertFailedException or TimeoutException or IOException)
{
    Console.Error.WriteLine($"The benchmark failed: {e.Message}");
    return 1;
}
finally
{
    Product.Remove();
}

// What was started ends; whoever waits for it fails, and cleans up on the way out.
void End(PosixSignalContext context)
{
    context.Cancel = true;
    interrupted = true;
    RunningProgram.EndAll();
}
