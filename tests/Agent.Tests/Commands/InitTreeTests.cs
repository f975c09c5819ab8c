using System.IO.Compression;
using System.Text;
using DistBuild.Agent.Commands;
using DistBuild.Core.Processes;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Commands;

/// <summary>Trees as they occur, initialised and then read by the real MSBuild and restored by the real NuGet, with a package of our name that sets a property.</summary>
[TestClass]
public sealed class InitTreeTests : IDisposable
{
    private const string Project = """
        <Project DefaultTargets="Build">
          <Import Project="$(VCTargetsPath)/Microsoft.Cpp.Default.props" />
          <Import Project="$(VCTargetsPath)/Microsoft.Cpp.targets" />
        </Project>
        """;

    /// <summary>As one imports the file above.</summary>
    private const string ImportAbove = "<Import Project=\"$([MSBuild]::GetPathOfFileAbove('Directory.Build.props', '$(MSBuildThisFileDirectory)../'))\" />";

    // A space: response files split there.
    private readonly TemporaryFolder _temporary = new();
    private readonly string _root;

    public InitTreeTests()
    {
        _root = _temporary.File("a tree");
        _temporary.Write("vc/Microsoft.Cpp.Default.props", "<Project><Import Project=\"$(MSBuildExtensionsPath)/$(MSBuildToolsVersion)/Microsoft.Common.props\" /></Project>");
        _temporary.Write("vc/Microsoft.Cpp.targets", "<Project><Import Project=\"$(MSBuildToolsPath)/Microsoft.Common.targets\" /></Project>");
        _temporary.Write("nuget.config", "<configuration><packageSources><clear /></packageSources><config><add key=\"globalPackagesFolder\" value=\"packages\" /></config></configuration>");
        WritePackage();
    }

    public void Dispose() => _temporary.Dispose();

    [TestMethod]
    public async Task Two_projects_in_one_folder_both_get_the_package()
    {
        Write("src/one.vcxproj", Project);
        Write("src/two.vcxproj", Project);

        await InitAsync();

        Assert.AreEqual("yes", await PropertyAsync("src/one.vcxproj", restore: true));
        Assert.AreEqual("yes", await PropertyAsync("src/two.vcxproj", restore: true));
        Assert.AreEqual("yes", await PropertyAsync("src/one.vcxproj", restore: false), "restoring the second took nothing from the first");
    }

    [TestMethod]
    public async Task A_solution_restores_all_its_projects()
    {
        Write("src/one.vcxproj", Project);
        Write("src/two.vcxproj", Project);
        Write("all.slnx", "<Solution><Project Path=\"src/one.vcxproj\" Id=\"3b1ab3a5-0a0c-4f04-a7e2-9a1ac9f0a7f1\" /><Project Path=\"src/two.vcxproj\" Id=\"3b1ab3a5-0a0c-4f04-a7e2-9a1ac9f0a7f2\" /></Solution>");

        await InitAsync();
        await DotnetAsync("restore", "all.slnx");

        Assert.AreEqual("yes", await PropertyAsync("src/one.vcxproj", restore: false));
        Assert.AreEqual("yes", await PropertyAsync("src/two.vcxproj", restore: false));
    }

    [TestMethod]
    [DataRow("<ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>", "")]
    [DataRow("<ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally><CentralPackageVersionOverrideEnabled>false</CentralPackageVersionOverrideEnabled>", "")]
    [DataRow("<ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>", "<PackageVersion Include=\"DistBuild\" Version=\"VERSION\" />")]
    [DataRow("<ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>", "<GlobalPackageReference Include=\"DistBuild\" Version=\"VERSION\" />")]
    [DataRow("<ManagePackageVersionsCentrally>false</ManagePackageVersionsCentrally>", "")]
    public async Task Centrally_managed_versions_are_respected(string properties, string item)
    {
        Write("app.vcxproj", Project);
        string packages = Write(
            "Directory.Packages.props",
            $"<Project><PropertyGroup>{properties}</PropertyGroup><ItemGroup>{item.Replace("VERSION", ToolVersion.Text, StringComparison.Ordinal)}</ItemGroup></Project>");
        string before = File.ReadAllText(packages);

        await InitAsync();

        Assert.AreEqual("yes", await PropertyAsync("app.vcxproj", restore: true));
        Assert.AreEqual(before, File.ReadAllText(packages));
        await AssertNothingLeftToDoAsync();
    }

    [TestMethod]
    public async Task Versions_that_become_central_later_are_followed_by_running_it_again()
    {
        Write("app.vcxproj", Project);
        await InitAsync();
        Write("Directory.Packages.props", "<Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup></Project>");

        await InitAsync();

        Assert.AreEqual("yes", await PropertyAsync("app.vcxproj", restore: true));
        await AssertNothingLeftToDoAsync();
    }

    [TestMethod]
    public async Task A_nested_props_file_that_hides_the_upper_one_gets_the_settings_too()
    {
        Write("app/app.vcxproj", Project);
        Write("lib/lib.vcxproj", Project);
        Write("lib/Directory.Build.props", "<Project>\n</Project>\n");

        Tool tool = await InitAsync();

        Assert.Contains("changed       lib/Directory.Build.props", tool.Output);
        Assert.AreEqual("yes", await PropertyAsync("app/app.vcxproj", restore: true));
        Assert.AreEqual("yes", await PropertyAsync("lib/lib.vcxproj", restore: true));
        await AssertNothingLeftToDoAsync();
    }

    [TestMethod]
    [DataRow(ImportAbove)]
    [DataRow("<Import Project=\"../Directory.Build.props\" />")]
    [DataRow("<Import Project=\"$(MSBuildThisFileDirectory)..\\Directory.Build.props\" />")]
    public async Task A_nested_props_file_that_imports_the_upper_one_needs_nothing(string import)
    {
        Write("lib/lib.vcxproj", Project);
        string nested = Write("lib/Directory.Build.props", $"<Project>\n  {import}\n</Project>\n");
        Write("Directory.Build.props", "<Project>\n</Project>\n");

        await InitAsync();

        Assert.AreEqual($"<Project>\n  {import}\n</Project>\n", File.ReadAllText(nested));
        Assert.AreEqual("yes", await PropertyAsync("lib/lib.vcxproj", restore: true));
        await AssertNothingLeftToDoAsync();
    }

    [TestMethod]
    public async Task What_stands_above_the_folder_still_counts()
    {
        Write("native/app.vcxproj", Project);
        Write("Directory.Build.props", "<Project><PropertyGroup><FromAbove>still</FromAbove></PropertyGroup></Project>");
        Write("Directory.Build.rsp", "-p:FromResponse=here\n");

        await InitAsync("native");

        Assert.AreEqual("still here", await PropertyAsync("native/app.vcxproj", restore: true, "$(FromAbove) $(FromResponse)"));
        Assert.AreEqual("yes", await PropertyAsync("native/app.vcxproj", restore: false));
        Assert.AreEqual("<Project><PropertyGroup><FromAbove>still</FromAbove></PropertyGroup></Project>", Read("Directory.Build.props"));
        await AssertNothingLeftToDoAsync("native");
    }

    [TestMethod]
    public async Task A_folder_inside_one_that_is_right_is_right()
    {
        Write("native/app.vcxproj", Project);
        await InitAsync();
        int files = Directory.GetFiles(_root, "*", SearchOption.AllDirectories).Length;

        Tool inner = await Tool.RunAsync(Path.Combine(_root, "native"), Environment, "init", "--vctargets", "always");

        Assert.AreEqual(0, inner.ExitCode);
        Assert.Contains("right         ../Directory.Build.rsp", inner.Output);
        Assert.Contains("right         ../Directory.Build.props", inner.Output);
        Assert.HasCount(files, Directory.GetFiles(_root, "*", SearchOption.AllDirectories));
    }

    [TestMethod]
    public async Task A_response_file_below_that_hides_ours_is_completed()
    {
        Write("lib/lib.vcxproj", Project);
        Write("lib/Directory.Build.rsp", "# mine\r\n-p:Own=1");

        await InitAsync();

        Assert.AreEqual(
            "# mine\r\n-p:Own=1\r\n-p:VCTargetsPath=\"%MSBuildThisFileDirectory%../.distbuild/vc/\"\r\n-rp:VCTargetsPath=\"%MSBuildThisFileDirectory%../.distbuild/vc/\"\r\n",
            Read("lib/Directory.Build.rsp"));
        Assert.AreEqual("yes 1", await PropertyAsync("lib/lib.vcxproj", restore: true, "$(FromPackage) $(Own)"));
        await AssertNothingLeftToDoAsync();
    }

    [TestMethod]
    public async Task A_response_file_with_one_of_the_two_lines_gets_the_other()
    {
        Write("app.vcxproj", Project);
        Write("Directory.Build.rsp", "/property:VCTargetsPath=\"%MSBuildThisFileDirectory%.distbuild/vc/\"\n");

        await InitAsync();

        Assert.AreEqual(
            "/property:VCTargetsPath=\"%MSBuildThisFileDirectory%.distbuild/vc/\"\n-rp:VCTargetsPath=\"%MSBuildThisFileDirectory%.distbuild/vc/\"\n", Read("Directory.Build.rsp"));
        Assert.AreEqual("yes", await PropertyAsync("app.vcxproj", restore: true));
    }

    [TestMethod]
    public async Task A_response_file_with_targets_of_the_users_own_is_left_for_a_person()
    {
        Write("app.vcxproj", Project);
        Write("Directory.Build.rsp", "-p:A=1;VCTargetsPath=/opt/vc/\n");

        Tool tool = await Tool.RunAsync(_root, Environment, "init", "--vctargets", "always");

        Assert.AreEqual(1, tool.ExitCode);
        Assert.AreEqual("-p:A=1;VCTargetsPath=/opt/vc/\n", Read("Directory.Build.rsp"));
        Assert.Contains("BY HAND       Directory.Build.rsp: sets VCTargetsPath to /opt/vc/ already", tool.Output);
        Assert.Contains("-rp:VCTargetsPath=", tool.Output);
    }

    [TestMethod]
    [DataRow("-m:1 -rp:VCTargetsPath=\"FOLDER\" -p:VCTargetsPath=\"FOLDER\"")]
    [DataRow("--property:A=1;vctargetspath=\"FOLDER\"\r\n/restoreProperty:VCTargetsPath=\"FOLDER\"\r\n")]
    [DataRow("\"-p:VCTargetsPath=FOLDER\"\n  \"-rp:VCTargetsPath=FOLDER\"")]
    public async Task A_response_file_that_says_the_same_in_other_words_is_right(string text)
    {
        Write("app.vcxproj", Project);
        string content = text.Replace("FOLDER", Path.Combine(_root, ".distbuild/vc/"), StringComparison.Ordinal);
        Write("Directory.Build.rsp", content);

        Tool tool = await InitAsync();

        Assert.Contains("right         Directory.Build.rsp", tool.Output);
        Assert.AreEqual(content, Read("Directory.Build.rsp"));
        Assert.AreEqual("yes", await PropertyAsync("app.vcxproj", restore: true), "MSBuild reads it so too");
    }

    [TestMethod]
    public async Task A_switch_in_a_comment_says_nothing()
    {
        Write("app.vcxproj", Project);
        Write("Directory.Build.rsp", "# -p:VCTargetsPath=/old/ -rp:VCTargetsPath=/old/\n");

        await InitAsync();

        Assert.AreEqual("yes", await PropertyAsync("app.vcxproj", restore: true));
    }

    [TestMethod]
    public async Task A_project_that_references_the_package_itself_is_left_to_a_person_when_others_need_it_too()
    {
        string own = Project.Replace("</Project>", $"<ItemGroup><PackageReference Include=\"DistBuild\" Version=\"{ToolVersion.Text}\" /></ItemGroup></Project>", StringComparison.Ordinal);
        Write("own/own.vcxproj", own);
        Tool alone = await Tool.RunAsync(_root, Environment, "init", "--vctargets", "never");
        Write("app/app.vcxproj", Project);

        Tool both = await Tool.RunAsync(_root, Environment, "init", "--vctargets", "never");

        Assert.AreEqual(0, alone.ExitCode, alone.Output);
        Assert.Contains("right         own/own.vcxproj", alone.Output);
        Assert.AreEqual(1, both.ExitCode);
        Assert.Contains("BY HAND       own/own.vcxproj", both.Output);
        Assert.Contains("created       Directory.Build.props", both.Output);
        Assert.AreEqual(own, Read("own/own.vcxproj"));
    }

    [TestMethod]
    public async Task A_solution_above_the_folder_is_pointed_out()
    {
        Write("all.sln", "Project(\"{8BC9CEB8-8B4A-11D0-8D11-00A0C91BC942}\") = \"app\", \"native\\app.vcxproj\", \"{1}\"\nEndProject\n");
        Write("native/app.vcxproj", Project);

        Tool tool = await InitAsync("native");

        Assert.Contains($"Note: {Path.Combine(_root, "all.sln")} lies above this folder", tool.Output);
    }

    [TestMethod]
    public async Task A_project_with_a_packages_config_keeps_its_way_and_a_person_is_told()
    {
        Write("old/old.vcxproj", Project);
        Write("old/packages.config", "<packages>\n  <package id=\"Else\" version=\"1.0.0\" />\n</packages>\n");
        Write("new/new.vcxproj", Project);

        Tool tool = await Tool.RunAsync(_root, Environment, "init", "--vctargets", "always", "--source", _temporary.File("feed"));

        Assert.AreEqual(1, tool.ExitCode);
        Assert.Contains("BY HAND       old/packages.config", tool.Output);
        Assert.Contains($"<package id=\"DistBuild\" version=\"{ToolVersion.Text}\" targetFramework=\"native\" developmentDependency=\"true\" />", tool.Output);
        Assert.AreEqual("yes", await PropertyAsync("new/new.vcxproj", restore: true), "the others are served");
        Assert.AreEqual("", await PropertyAsync("old/old.vcxproj", restore: false, "@(PackageReference)"));
    }

    [TestMethod]
    public async Task Projects_that_are_not_Cpp_are_left_alone()
    {
        Write("app.vcxproj", Project);
        Write("tool/tool.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");

        await InitAsync();

        Assert.AreEqual("", await PropertyAsync("tool/tool.csproj", restore: false, "@(PackageReference)"));
    }

    private Dictionary<string, string> Environment => new() { [Agent.Commands.Initialization.TargetsFolder.Variable] = _temporary.File("vc") };

    private async Task<Tool> InitAsync(string folder = ".")
    {
        Tool tool = await Tool.RunAsync(Path.Combine(_root, folder), Environment, "init", "--vctargets", "always", "--source", _temporary.File("feed"));
        Assert.AreEqual(0, tool.ExitCode, tool.Output + tool.Errors);
        return tool;
    }

    private async Task AssertNothingLeftToDoAsync(string folder = ".")
    {
        Tool again = await Tool.RunAsync(Path.Combine(_root, folder), Environment, "init", "--vctargets", "always");
        Assert.IsTrue(again.Lines.All(line => line.StartsWith("right ", StringComparison.Ordinal) || line.StartsWith("Note: ", StringComparison.Ordinal) || line == again.Lines[^1]), again.Output);
    }

    /// <summary>What MSBuild makes of an expression in a project.</summary>
    private async Task<string> PropertyAsync(string project, bool restore, string expression = "$(FromPackage)")
    {
        const string name = "distbuild-test.targets";
        string targets = Write(name, $"<Project><Target Name=\"Say\"><Message Importance=\"high\" Text=\"SAY[{expression}]\" /></Target></Project>");
        List<string> arguments = ["msbuild", "-nologo", project, "-t:Say", $"-p:CustomAfterMicrosoftCommonTargets={targets.Replace('\\', '/')}"];
        string output = await DotnetAsync([.. arguments, .. restore ? ["-restore"] : Array.Empty<string>()]);
        int start = output.IndexOf("SAY[", StringComparison.Ordinal) + 4;
        return output[start..output.IndexOf(']', start)];
    }

    private async Task<string> DotnetAsync(params string[] arguments)
    {
        Dictionary<string, string> environment = System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string)variable.Value!);
        foreach (string name in environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("DOTNET_CLI", StringComparison.Ordinal)).ToArray())
        {
            environment.Remove(name);
        }

        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["NUGET_PACKAGES"] = _temporary.File("packages");
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(3));
        ProcessResult result = await ProcessRunner.RunAsync(new ProcessRequest("dotnet", arguments, _root, environment), limit.Token);
        string output = Encoding.UTF8.GetString(result.Output) + Encoding.UTF8.GetString(result.Errors);
        Assert.AreEqual(0, result.ExitCode, output);
        Assert.DoesNotContain("warning NU", output);
        return output;
    }

    private string Write(string path, string content) => _temporary.Write("a tree/" + path, content);

    private string Read(string path) => File.ReadAllText(Path.Combine(_root, path));

    private void WritePackage()
    {
        Directory.CreateDirectory(_temporary.File("feed"));
        using ZipArchive package = ZipFile.Open(_temporary.File("feed", $"DistBuild.{ToolVersion.Text}.nupkg"), ZipArchiveMode.Create);
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
