using System.Collections;
using System.IO.Compression;
using System.Text;
using DistBuild.Agent.Commands;
using DistBuild.Agent.Commands.Initialization;
using DistBuild.Core.Processes;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Commands;

/// <summary>
/// A tree of projects that <c>init</c> prepares, the real MSBuild reads and the real NuGet restores, with a package of our name that sets a property. Its path
/// has a space in it: response files are split there.
/// </summary>
internal sealed class ProjectTree : IDisposable
{
    public const string Project = """
        <Project DefaultTargets="Build">
          <Import Project="$(VCTargetsPath)/Microsoft.Cpp.Default.props" />
          <Import Project="$(VCTargetsPath)/Microsoft.Cpp.targets" />
        </Project>
        """;

    private const string Name = "a tree";

    private readonly TemporaryFolder _folder = new();

    public ProjectTree()
    {
        _folder.Write(
            "vc/Microsoft.Cpp.Default.props",
            "<Project><Import Project=\"$(MSBuildExtensionsPath)/$(MSBuildToolsVersion)/Microsoft.Common.props\" /></Project>");
        _folder.Write("vc/Microsoft.Cpp.targets", "<Project><Import Project=\"$(MSBuildToolsPath)/Microsoft.Common.targets\" /></Project>");
        _folder.Write("nuget.config", "<configuration><packageSources><clear /></packageSources></configuration>");
        WritePackage();
    }

    public string Root => _folder[Name];

    private Dictionary<string, string> Settings => new() { [TargetsFolder.Variable] = _folder["vc"] };

    public void Dispose() => _folder.Dispose();

    public string Write(string path, string content) => _folder.Write($"{Name}/{path}", content);

    public string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Runs init as it is meant to be run, and expects that it succeeds.</summary>
    public async Task<Tool> InitAsync(string folder = ".")
    {
        Tool tool = await RunInitAsync(folder, "--vctargets", "always", "--source", _folder["feed"]);
        Assert.AreEqual(0, tool.ExitCode, tool.Output + tool.Errors);
        return tool;
    }

    public Task<Tool> RunInitAsync(string folder, params string[] arguments) => Tool.RunAsync(Path.Combine(Root, folder), Settings, ["init", .. arguments]);

    public async Task AssertNothingLeftToDoAsync(string folder = ".")
    {
        Tool again = await RunInitAsync(folder, "--vctargets", "always");
        string[] steps = [.. again.Lines[..^1].Where(line => !line.StartsWith("Note: ", StringComparison.Ordinal))];
        Assert.IsTrue(Array.TrueForAll(steps, line => line.StartsWith("right ", StringComparison.Ordinal)), again.Output);
    }

    /// <summary>What MSBuild makes of an expression in a project.</summary>
    public async Task<string> EvaluateAsync(string project, bool restore, string expression = "$(FromPackage)")
    {
        string targets = Write("say.targets", $"<Project><Target Name=\"Say\"><Message Importance=\"high\" Text=\"SAY[{expression}]\" /></Target></Project>");
        string[] arguments = ["msbuild", "-nologo", project, "-t:Say", $"-p:CustomAfterMicrosoftCommonTargets={targets}"];
        string output = await DotnetAsync(restore ? [.. arguments, "-restore"] : arguments);
        int start = output.IndexOf("SAY[", StringComparison.Ordinal) + 4;
        return output[start..output.IndexOf(']', start)];
    }

    public async Task<string> DotnetAsync(params string[] arguments)
    {
        // What the test runner's own MSBuild and SDK left in the environment is not for this one.
        Dictionary<string, string> environment = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(variable => !((string)variable.Key).StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))
            .Where(variable => !((string)variable.Key).StartsWith("DOTNET_CLI", StringComparison.Ordinal))
            .ToDictionary(variable => (string)variable.Key, variable => (string)variable.Value!);
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["NUGET_PACKAGES"] = _folder["packages"];
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(3));
        ProcessResult result = await ProcessRunner.RunAsync(new ProcessRequest("dotnet", arguments, Root, environment), limit.Token);
        string output = Encoding.UTF8.GetString(result.Output) + Encoding.UTF8.GetString(result.Errors);
        Assert.AreEqual(0, result.ExitCode, output);
        Assert.DoesNotContain("warning NU", output);
        return output;
    }

    private void WritePackage()
    {
        Directory.CreateDirectory(_folder["feed"]);
        using ZipArchive package = ZipFile.Open(_folder.File("feed", $"DistBuild.{ToolVersion.Text}.nupkg"), ZipArchiveMode.Create);
        Add("DistBuild.nuspec", $"""
            <package><metadata><id>DistBuild</id><version>{ToolVersion.Text}</version><authors>a</authors><description>d</description></metadata></package>
            """);
        Add("build/native/DistBuild.props", "<Project><PropertyGroup><FromPackage>yes</FromPackage></PropertyGroup></Project>");

        void Add(string path, string content)
        {
            using StreamWriter writer = new(package.CreateEntry(path).Open());
            writer.Write(content);
        }
    }
}
