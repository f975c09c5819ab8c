using System.Reflection;
using DistBuild.Tests.Shared;

namespace DistBuild.EndToEnd.Tests.Harness;

/// <summary>
/// What a user has of DistBuild: the package in a feed of its own and the tool installed from its package. Nothing of the checkout is in reach
/// of a build under test: the packages, the home and the NuGet cache are new for every test run.
/// </summary>
internal static class Product
{
    private static TemporaryFolder? s_folder;

    public static string Version { get; } = Metadata("PackageVersion");

    /// <summary>The repository's own checkout, for the packages and the sample; builds under test work on copies.</summary>
    public static string Repository { get; } = Metadata("Checkout");

    /// <summary>The folder with both packages, the only source of every build under test.</summary>
    public static string Feed => Folder["feed"];

    public static string Package => Path.Combine(Feed, $"DistBuild.{Version}.nupkg");

    public static string ToolPackage => Path.Combine(Feed, $"DistBuild.Tool.{Version}.nupkg");

    /// <summary>The installed <c>distbuild</c> command.</summary>
    public static string Tool => Path.Combine(Folder["tools"], "distbuild");

    /// <summary>The portable VC targets, where the installed tool carries them.</summary>
    public static string PortableTargets { get; private set; } = "";

    private static TemporaryFolder Folder => s_folder ?? throw new InvalidOperationException("The product is not installed yet.");

    /// <summary>An environment with nothing of this machine's in it but the PATH.</summary>
    public static Dictionary<string, string> CleanEnvironment()
    {
        Dictionary<string, string> environment = new()
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["LANG"] = "C.UTF-8",
            ["HOME"] = Folder["home"],
            ["DOTNET_CLI_HOME"] = Folder["home"],
            ["NUGET_PACKAGES"] = Folder["nuget"],
            ["TMPDIR"] = Folder["tmp"],
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
            ["MSBUILDDISABLENODEREUSE"] = "1",
        };
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root)
        {
            environment["DOTNET_ROOT"] = root;
        }

        return environment;
    }

    /// <summary>A nuget.config that knows only the feed under test.</summary>
    public static string NuGetConfig() =>
        $"""
        <configuration>
          <packageSources>
            <clear />
            <add key="under-test" value="{Feed}" />
          </packageSources>
        </configuration>
        """;

    /// <summary>Takes the packages that <c>./build.sh pack</c> left and installs the tool.</summary>
    public static async Task InstallAsync()
    {
        s_folder = new TemporaryFolder("distbuild-e2e-");
        foreach (string name in (string[])["feed", "home", "nuget", "tmp"])
        {
            Directory.CreateDirectory(Folder[name]);
        }

        string packed = Path.Combine(Repository, "artifacts", "packages");
        foreach (string package in (string[])[$"DistBuild.{Version}.nupkg", $"DistBuild.Tool.{Version}.nupkg"])
        {
            Assert.IsTrue(File.Exists(Path.Combine(packed, package)), $"{package} is not in {packed}; run ./build.sh pack first.");
            File.Copy(Path.Combine(packed, package), Path.Combine(Feed, package));
        }

        await File.WriteAllTextAsync(Path.Combine(Folder.Path, "nuget.config"), NuGetConfig());
        await using RunningProgram install = RunningProgram.Start(
            "dotnet",
            ["tool", "install", "DistBuild.Tool", "--version", Version, "--tool-path", Folder["tools"], "--configfile", Path.Combine(Folder.Path, "nuget.config")],
            Folder.Path,
            CleanEnvironment());
        (await install.ExitAsync(TimeSpan.FromMinutes(2))).MustSucceed();
        PortableTargets = Directory.EnumerateFiles(Folder["tools"], "Microsoft.Cpp.targets", SearchOption.AllDirectories).Select(Path.GetDirectoryName).FirstOrDefault() ?? "";
    }

    public static void Remove() => s_folder?.Dispose();

    private static string Metadata(string key) =>
        typeof(Product).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
