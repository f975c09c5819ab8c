using System.Globalization;
using System.Text;
using DistBuild.Agent.Tests.Hosting;
using DistBuild.Core.Processes;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Cluster;

/// <summary>A g++ whose compiles take as long as their source says, and no processor; see stand-in.c.</summary>
internal static class StandIn
{
    /// <summary>Longer than any test may last.</summary>
    public const int Endless = 600_000;

    /// <returns>A PATH on which it stands first.</returns>
    public static async Task<string> InstallAsync(TemporaryFolder folder)
    {
        Dictionary<string, string> environment = RunningAgent.Environment();
        string real = environment["PATH"].Split(':').Select(one => Path.Combine(one, "g++")).First(File.Exists);
        Directory.CreateDirectory(folder["bin"]);
        string[] arguments = ["-O1", $"-DREAL=\"{real}\"", Path.Combine(AppContext.BaseDirectory, "stand-in.c"), "-o", Path.Combine(folder["bin"], "g++")];
        ProcessResult made = await ProcessRunner.RunAsync(new ProcessRequest("gcc", arguments, folder.Path, environment), CancellationToken.None);
        Assert.AreEqual(0, made.ExitCode, Encoding.UTF8.GetString(made.Errors));
        return $"{folder["bin"]}:{environment["PATH"]}";
    }

    /// <summary>A source whose compile takes so many milliseconds, where nothing else is said.</summary>
    public static string Source(string name, int milliseconds) => $"int takes_{milliseconds}_ms;\nint unit_{name};\n";

    /// <summary>How long compiles that begin from now on in a node's checkout take, whatever their sources say.</summary>
    public static void Takes(BuildNode node, int milliseconds) => File.WriteAllText(node["here-takes"], milliseconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>What it writes.</summary>
    public static string Object(int milliseconds) => milliseconds.ToString(CultureInfo.InvariantCulture).PadLeft(8);
}
