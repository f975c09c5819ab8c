using System.Runtime.InteropServices;
using DistBuild.EndToEnd.Tests.Harness;
using DistBuild.Soak;

SoakOptions options;
try
{
    options = SoakOptions.Parse(args);
}
catch (FormatException e)
{
    Console.Error.WriteLine($"{e.Message}. Usage: soak [--units N] [--seed N]");
    return 2;
}

using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
try
{
    await Product.InstallAsync();
    Console.WriteLine($"{options.Units} units, {SoakOptions.Clients} clients, {SoakOptions.Agents} agents that are killed, frozen and cut off; seed {options.Seed}");
    IReadOnlyList<string> wrong = await SoakRun.RunAsync(options, Console.Out);
    foreach (string line in wrong.Take(50))
    {
        Console.Error.WriteLine(line);
    }

    Console.WriteLine(wrong.Count == 0 ? "Every object is right, and nothing is left over." : $"{wrong.Count} things went wrong; seed {options.Seed}.");
    return wrong.Count == 0 ? 0 : 1;
}
catch (Exception e) when (e is AssertFailedException or AssertInconclusiveException or TimeoutException or IOException)
{
    Console.Error.WriteLine($"The soak failed; seed {options.Seed}. {e.Message}");
    return 1;
}
finally
{
    Product.Remove();
}

// What was started ends; whoever waits for it fails, and cleans up on the way out.
static void End(PosixSignalContext context)
{
    context.Cancel = true;
    RunningProgram.EndAll();
}
