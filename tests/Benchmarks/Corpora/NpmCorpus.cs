using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.Benchmarks.Corpora;

/// <summary>
/// Real C++17: the sources of RE2 and Abseil that the npm package re2 carries, without their tests and bindings. Fetched once with npm, as it is configured on this
/// machine, into a folder of the build's artifacts.
/// </summary>
internal static class NpmCorpus
{
    private const string Package = "re2", Version = "1.24.0", Vendor = "package/vendor";

    private static readonly string[] IncludeFolders = ["abseil-cpp", "re2"];

    // Tests and their helpers, bindings to other languages, Windows.
    private static readonly string[] LeftOut = ["test", "benchmark", "fuzz", "re2/app/", "re2/python/", "_win.cc"];

    private static string Cache => Path.Combine(Product.Repository, "artifacts", "bench");

    public static async Task<Corpus> FetchAsync()
    {
        string unpacked = Path.Combine(Cache, $"{Package}-{Version}");
        if (!Directory.Exists(unpacked))
        {
            await UnpackAsync(unpacked);
        }

        string vendor = Path.Combine(unpacked, Vendor);
        string[] sources =
        [
            .. Directory.EnumerateFiles(vendor, "*.cc", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(vendor, file))
                .Where(file => !LeftOut.Any(part => file.Contains(part, StringComparison.OrdinalIgnoreCase)))
                .Order(StringComparer.Ordinal),
        ];
        return new Corpus(Package, sources, IncludeFolders, "MaxSpeed", folder => Copy(vendor, folder));
    }

    private static async Task UnpackAsync(string folder)
    {
        Directory.CreateDirectory(Cache);
        string unpacking = Directory.CreateTempSubdirectory("distbuild-npm-").FullName;
        try
        {
            // npm's own settings (registry, certificates) are found by the home of whoever runs this.
            Dictionary<string, string> environment = Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
                .ToDictionary(variable => (string)variable.Key, variable => (string)variable.Value!);
            await RunAsync("npm", ["pack", $"{Package}@{Version}", "--silent", "--ignore-scripts"], unpacking, environment);
            await RunAsync("tar", ["-xzf", $"{Package}-{Version}.tgz"], unpacking, environment);
            await RunAsync("cp", ["-r", unpacking, folder], unpacking, environment);
        }
        finally
        {
            Directory.Delete(unpacking, recursive: true);
        }
    }

    private static async Task RunAsync(string program, string[] arguments, string folder, Dictionary<string, string> environment)
    {
        await using RunningProgram running = RunningProgram.Start(program, arguments, folder, environment);
        (await running.ExitAsync(TimeSpan.FromMinutes(5))).MustSucceed();
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
