using System.Text;
using DistBuild.Agent.Commands;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Commands;

[TestClass]
public sealed class InitTests : IDisposable
{
    private const string Project = "<Project xmlns=\"http://schemas.microsoft.com/developer/msbuild/2003\" />\n";

    private const string Response =
        "-p:VCTargetsPath=\"%MSBuildThisFileDirectory%.distbuild/vc/\"\n-rp:VCTargetsPath=\"%MSBuildThisFileDirectory%.distbuild/vc/\"\n";

    private const string IsProject = "'$(MSBuildProjectExtension)' == '.vcxproj'";

    private const string MayReference = IsProject + " and !Exists('$(MSBuildProjectDirectory)/packages.config')";

    private static readonly string Reference = $"""
          <ItemGroup Label="DistBuild" Condition="{MayReference}">
            <PackageReference Include="DistBuild" Version="{ToolVersion.Text}" PrivateAssets="all" />
          </ItemGroup>

        """;

    private static readonly string Block = $"""
          <!-- The groups labelled DistBuild are kept up to date by: distbuild init -->
          <PropertyGroup Label="DistBuild" Condition="{IsProject}">
            <MSBuildProjectExtensionsPath Condition="'$(MSBuildProjectExtensionsPath)' == ''">$(MSBuildProjectDirectory)/obj/$(MSBuildProjectName)/</MSBuildProjectExtensionsPath>
          </PropertyGroup>
        {Reference}  <PropertyGroup Label="DistBuild in Visual Studio" Condition="{MayReference} and '$(MSBuildRuntimeType)' == 'Full'">
            <NuGetTargetMoniker Condition="'$(NuGetTargetMoniker)' == ''">native,Version=v0.0</NuGetTargetMoniker>
            <RuntimeIdentifiers Condition="'$(RuntimeIdentifiers)' == ''">win;win-x86;win-x64;win-arm64</RuntimeIdentifiers>
          </PropertyGroup>
          <ItemGroup Label="DistBuild in Visual Studio" Condition="{MayReference} and '$(MSBuildRuntimeType)' == 'Full'">
            <ProjectCapability Include="PackageReferences" />
          </ItemGroup>

        """;

    private static readonly string Props = $"<Project>\n{Block}</Project>\n";

    private readonly TemporaryFolder _root = new();
    private readonly TemporaryFolder _targets = new();

    public InitTests()
    {
        _targets.Write("Microsoft.Cpp.Default.props", "<Project />\n");
        _targets.Write("tasks/net10.0/DistBuild.Tasks.dll", "binary");
    }

    public void Dispose()
    {
        _root.Dispose();
        _targets.Dispose();
    }

    [TestMethod]
    public async Task A_plain_folder_gets_everything_it_needs()
    {
        _root.Write("app/app.vcxproj", Project);
        _root.Write("lib/lib.vcxproj", Project);

        Tool tool = await InitAsync("--vctargets", "always");

        Assert.AreEqual(0, tool.ExitCode, tool.Errors);
        Assert.AreEqual(Props, Read("Directory.Build.props"));
        Assert.AreEqual(Response, Read("Directory.Build.rsp"));
        Assert.AreEqual("*\n", Read(".distbuild/.gitignore"));
        Assert.AreEqual("binary", Read(".distbuild/vc/tasks/net10.0/DistBuild.Tasks.dll"));
        Assert.StartsWith("created       .distbuild/vc: ", tool.Lines[0]);
        Assert.StartsWith("created       Directory.Build.rsp: ", tool.Lines[1]);
        Assert.StartsWith("created       Directory.Build.props: ", tool.Lines[2]);
        Assert.Contains("/Directory.Build.rsp to .gitignore", tool.Lines[3]);
        Assert.AreEqual($"2 C++ projects use DistBuild {ToolVersion.Text}.", tool.Lines[4]);
        Assert.AreEqual(Project, Read("app/app.vcxproj"), "no project is edited");
    }

    [TestMethod]
    public async Task Running_it_again_changes_nothing()
    {
        _root.Write("app.vcxproj", Project);
        await InitAsync("--vctargets", "always", "--gitignore", "--source", "https://example.invalid/v3/index.json");
        Dictionary<string, (DateTime, string)> before = Snapshot();

        Tool again = await InitAsync("--vctargets", "always", "--gitignore");

        Assert.AreEqual(0, again.ExitCode);
        CollectionAssert.AreEquivalent(before, Snapshot());
        Assert.IsTrue(again.Lines[..^1].All(line => line.StartsWith("right ", StringComparison.Ordinal)), again.Output);
    }

    [TestMethod]
    public async Task A_dry_run_says_what_it_would_do_and_touches_nothing()
    {
        _root.Write("app.vcxproj", Project);
        _root.Write("Directory.Build.props", "<Project>\n</Project>\n");
        Dictionary<string, (DateTime, string)> before = Snapshot();

        Tool tool = await InitAsync("--vctargets", "always", "--gitignore", "--dry-run");

        Assert.AreEqual(0, tool.ExitCode);
        CollectionAssert.AreEquivalent(before, Snapshot());
        Assert.Contains("would create  Directory.Build.rsp", tool.Output);
        Assert.Contains("would change  Directory.Build.props", tool.Output);
        Assert.Contains("would create  .gitignore", tool.Output);
        Assert.Contains(Response.Split('\n')[1], tool.Output);
        Assert.Contains($"<PackageReference Include=\"DistBuild\" Version=\"{ToolVersion.Text}\"", tool.Output);
    }

    [TestMethod]
    public async Task Where_Visual_Studio_is_only_the_props_are_written()
    {
        _root.Write("app.vcxproj", Project);

        Tool tool = await InitAsync("--vctargets", "never");

        Assert.AreEqual(0, tool.ExitCode);
        CollectionAssert.AreEquivalent(new[] { "app.vcxproj", "Directory.Build.props" }, Snapshot().Keys.ToArray());
    }

    [TestMethod]
    public async Task Without_a_project_it_says_so_and_fails()
    {
        _root.Write("src/main.cpp", "int main() {}");

        Tool tool = await InitAsync();

        Assert.AreEqual(1, tool.ExitCode);
        Assert.Contains($"no .vcxproj at or below {_root.Path}", tool.Errors);
        Assert.HasCount(1, Snapshot());
    }

    [TestMethod]
    public async Task What_the_user_wrote_stays_to_the_last_byte()
    {
        string user = """
            <?xml version="1.0" encoding="utf-8"?>
            <!-- Größe: kept as it is -->
            <Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
            	<PropertyGroup  Condition="'a'>'b'">
            		<Own>1</Own   >
            	</PropertyGroup>

            </Project>
            """.ReplaceLineEndings("\r\n");
        byte[] bytes = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(user)];
        _root.Write("app.vcxproj", Project);
        File.WriteAllBytes(_root.File("Directory.Build.props"), bytes);

        Tool tool = await InitAsync("--vctargets", "never");

        string block = Block.Replace("    <", "\t\t<", StringComparison.Ordinal).Replace("  <", "\t<", StringComparison.Ordinal).ReplaceLineEndings("\r\n");
        string expected = user[..^"</Project>".Length] + block + "</Project>";
        Assert.AreEqual(0, tool.ExitCode);
        byte[] bytesExpected = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(expected)];
        CollectionAssert.AreEqual(bytesExpected, File.ReadAllBytes(_root.File("Directory.Build.props")));
    }

    [TestMethod]
    [DataRow("<Project />", "<Project>\n", "</Project>")]
    [DataRow("<Project>\n</Project>", "<Project>\n", "</Project>")]
    [DataRow("<Project><PropertyGroup/></Project>\n", "<Project><PropertyGroup/>\n", "</Project>\n")]
    [DataRow("<Project ToolsVersion='4.0'/>\n", "<Project ToolsVersion='4.0'>\n", "</Project>\n")]
    public async Task Every_shape_of_a_project_takes_the_block(string user, string before, string after)
    {
        _root.Write("app.vcxproj", Project);
        _root.Write("Directory.Build.props", user);

        await InitAsync("--vctargets", "never");

        Assert.AreEqual(before + Block + after, Read("Directory.Build.props"));
    }

    [TestMethod]
    public async Task A_file_in_UTF_16_stays_in_UTF_16()
    {
        _root.Write("app.vcxproj", Project);
        File.WriteAllText(_root.File("Directory.Build.props"), "<Project>\n</Project>\n", Encoding.Unicode);

        await InitAsync("--vctargets", "never");

        byte[] bytes = File.ReadAllBytes(_root.File("Directory.Build.props"));
        CollectionAssert.AreEqual((byte[])[.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Props)], bytes);
    }

    [TestMethod]
    public async Task A_props_file_that_is_no_XML_is_left_for_a_person_with_the_lines_to_put_in()
    {
        _root.Write("app.vcxproj", Project);
        string path = _root.Write("Directory.Build.props", "<Project><Oops></Project>");

        Tool tool = await InitAsync("--vctargets", "never");

        Assert.AreEqual(1, tool.ExitCode);
        Assert.AreEqual("<Project><Oops></Project>", File.ReadAllText(path));
        Assert.Contains("BY HAND       Directory.Build.props: is not well-formed XML", tool.Output);
        Assert.Contains($"<PackageReference Include=\"DistBuild\" Version=\"{ToolVersion.Text}\"", tool.Output);
    }

    [TestMethod]
    public async Task An_older_version_of_ours_is_renewed_and_the_rest_of_the_group_stays()
    {
        _root.Write("app.vcxproj", Project);
        string older = Props.Replace($"Version=\"{ToolVersion.Text}\"", "Version=\"0.0.9\"", StringComparison.Ordinal)
            .Replace("  <ItemGroup Label=\"DistBuild\"", "  <!-- mine --><ItemGroup Label=\"DistBuild\"", StringComparison.Ordinal);
        _root.Write("Directory.Build.props", older);

        Tool tool = await InitAsync("--vctargets", "never");

        Assert.AreEqual(0, tool.ExitCode);
        Assert.AreEqual(older.Replace("0.0.9", ToolVersion.Text, StringComparison.Ordinal), Read("Directory.Build.props"));
    }

    [TestMethod]
    [DataRow("99.0.0")]
    [DataRow("$(DistBuildVersion)")]
    public async Task A_newer_version_or_one_the_user_computes_is_left_alone(string version)
    {
        _root.Write("app.vcxproj", Project);
        string props = Props.Replace($"Version=\"{ToolVersion.Text}\"", $"Version=\"{version}\"", StringComparison.Ordinal);
        _root.Write("Directory.Build.props", props);

        Tool tool = await InitAsync("--vctargets", "never");

        Assert.AreEqual(0, tool.ExitCode);
        Assert.AreEqual(props, Read("Directory.Build.props"));
    }

    [TestMethod]
    public async Task A_reference_the_user_wrote_is_the_users()
    {
        _root.Write("app.vcxproj", Project);
        _root.Write("Directory.Build.props", "<Project><ItemGroup><PackageReference Include=\"distbuild\" Version=\"0.0.1\" /></ItemGroup></Project>\n");

        Tool tool = await InitAsync("--vctargets", "never");

        Assert.AreEqual(0, tool.ExitCode);
        Assert.Contains("references DistBuild 0.0.1; left as it is", tool.Output);
        Assert.AreEqual(1, Read("Directory.Build.props").Split("PackageReference Include").Length - 1);
        Assert.Contains("<MSBuildProjectExtensionsPath ", Read("Directory.Build.props"));
    }

    [TestMethod]
    public async Task A_source_is_added_renewed_and_kept_when_it_is_not_named_again()
    {
        _root.Write("app.vcxproj", Project);
        _root.Write("feed/empty", "");
        const string name = "RestoreAdditionalProjectSources", inside = $"<{name}>$({name});$(MSBuildThisFileDirectory)feed</{name}>";

        await InitAsync("--vctargets", "never", "--source", "feed");
        Assert.Contains($"    {inside}\n  </PropertyGroup>", Read("Directory.Build.props"));
        await InitAsync("--vctargets", "never");
        Assert.Contains(inside, Read("Directory.Build.props"));
        await InitAsync("--vctargets", "never", "--source", "https://example.invalid/a?b&c=é");

        Assert.DoesNotContain(inside, Read("Directory.Build.props"));
        Assert.Contains(";https://example.invalid/a?b&amp;c=&#xE9;</RestoreAdditionalProjectSources>", Read("Directory.Build.props"));
    }

    [TestMethod]
    public async Task A_source_that_is_not_there_is_an_error_of_the_command_line()
    {
        _root.Write("app.vcxproj", Project);

        Tool tool = await InitAsync("--source", "nowhere");

        Assert.AreEqual(2, tool.ExitCode);
        Assert.Contains("--source", tool.Errors);
        Assert.HasCount(1, Snapshot());
    }

    private Task<Tool> InitAsync(params string[] arguments) => InitAsync("", arguments);

    private Task<Tool> InitAsync(string folder, string[] arguments) =>
        Tool.RunAsync(Path.Combine(_root.Path, folder), new Dictionary<string, string> { ["DISTBUILD_VC"] = _targets.Path }, ["init", .. arguments]);

    private string Read(string path) => File.ReadAllText(_root.File(path.Split('/')));

    private Dictionary<string, (DateTime, string)> Snapshot() => Directory.EnumerateFiles(_root.Path, "*", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(_root.Path, file), file => (File.GetLastWriteTimeUtc(file), File.ReadAllText(file)));
}
