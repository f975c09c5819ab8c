using DistBuild.EndToEnd.Tests.Harness;
using DistBuild.Tests.Shared;

namespace DistBuild.Benchmarks.Cluster;

/// <summary>A g++ whose compiles take time and no processor, so that two cores are enough for a cluster; everything else is left to the real one.</summary>
internal static class StandIn
{
    /// <summary>A PATH on which it stands first.</summary>
    public static async Task<string> InstallAsync(TemporaryFolder folder)
    {
        string path = Product.CleanEnvironment()["PATH"];
        string real = path.Split(':').Select(one => Path.Combine(one, "g++")).First(File.Exists);
        Directory.CreateDirectory(folder["bin"]);
        string[] arguments = ["-O1", $"-DREAL=\"{real}\"", Path.Combine(Product.Repository, "tests", "BuildNode", "stand-in.c"), "-o", Path.Combine(folder["bin"], "g++")];
        await using RunningProgram compile = RunningProgram.Start("gcc", arguments, folder.Path, Product.CleanEnvironment());
        (await compile.ExitAsync(TimeSpan.FromMinutes(1))).MustSucceed();
        return $"{folder["bin"]}:{path}";
    }

    /// <summary>A source that takes this long; the same name and time make the same source.</summary>
    public static string Source(string name, TimeSpan time) => $"int takes_{(int)time.TotalMilliseconds}_ms;\nint unit_{name};\n";
}
