using System.Runtime.InteropServices;
using DistBuild.Demo;
using DistBuild.EndToEnd.Tests.Harness;

bool interrupted = false;
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
try
{
    await Demonstration.RunAsync();
    return 0;
}
catch (Exception e) when (interrupted)
{
    Console.Error.WriteLine($"Interrupted. ({e.GetType().Name})");
    return 130;
}
catch (Exception e) when (e is AssertFailedException or TimeoutException or IOException)
{
    Console.Error.WriteLine($"The demo failed: {e.Message}");
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
