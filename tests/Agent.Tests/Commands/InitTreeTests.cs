using DistBuild.Agent.Commands;

namespace DistBuild.Agent.Tests.Commands;

/// <summary>Trees as they occur: who gets the package, and how.</summary>
[TestClass]
public sealed class InitTreeTests : IDisposable
{
    /// <summary>As one imports the file above.</summary>
    private const string ImportAbove = "<Import Project=\"$([MSBuild]::GetPathOfFileAbove('Directory.Build.props', '$(MSBuildThisFileDirectory)../'))\" />";

    private const string Central = "<ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>";

    private readonly ProjectTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [TestMethod]
    public async Task Two_projects_in_one_folder_both_get_the_package()
    {
        _tree.Write("src/one.vcxproj", ProjectTree.Project);
        _tree.Write("src/two.vcxproj", ProjectTree.Project);

        await _tree.InitAsync();

        Assert.AreEqual("yes", await _tree.EvaluateAsync("src/one.vcxproj", restore: true));
        Assert.AreEqual("yes", await _tree.EvaluateAsync("src/two.vcxproj", restore: true));
        Assert.AreEqual("yes", await _tree.EvaluateAsync("src/one.vcxproj", restore: false), "restoring the second took nothing from the first");
    }

    [TestMethod]
    public async Task A_solution_restores_all_its_projects()
    {
        _tree.Write("src/one.vcxproj", ProjectTree.Project);
        _tree.Write("src/two.vcxproj", ProjectTree.Project);
        _tree.Write("all.slnx", """
            <Solution>
              <Project Path="src/one.vcxproj" Id="3b1ab3a5-0a0c-4f04-a7e2-9a1ac9f0a7f1" />
              <Project Path="src/two.vcxproj" Id="3b1ab3a5-0a0c-4f04-a7e2-9a1ac9f0a7f2" />
            </Solution>
            """);

        await _tree.InitAsync();
        await _tree.DotnetAsync("restore", "all.slnx");

        Assert.AreEqual("yes", await _tree.EvaluateAsync("src/one.vcxproj", restore: false));
        Assert.AreEqual("yes", await _tree.EvaluateAsync("src/two.vcxproj", restore: false));
    }

    [TestMethod]
    [DataRow(Central, "")]
    [DataRow(Central + "<CentralPackageVersionOverrideEnabled>false</CentralPackageVersionOverrideEnabled>", "")]
    [DataRow(Central, "<PackageVersion Include=\"DistBuild\" Version=\"VERSION\" />")]
    [DataRow(Central, "<GlobalPackageReference Include=\"DistBuild\" Version=\"VERSION\" />")]
    [DataRow("<ManagePackageVersionsCentrally>false</ManagePackageVersionsCentrally>", "")]
    public async Task Centrally_managed_versions_are_respected(string properties, string item)
    {
        _tree.Write("app.vcxproj", ProjectTree.Project);
        string packages = _tree.Write(
            "Directory.Packages.props",
            $"<Project><PropertyGroup>{properties}</PropertyGroup><ItemGroup>{item}</ItemGroup></Project>".Replace("VERSION", ToolVersion.Text, StringComparison.Ordinal));
        string before = File.ReadAllText(packages);

        await _tree.InitAsync();

        Assert.AreEqual("yes", await _tree.EvaluateAsync("app.vcxproj", restore: true));
        Assert.AreEqual(before, File.ReadAllText(packages));
        await _tree.AssertNothingLeftToDoAsync();
    }

    [TestMethod]
    public async Task Versions_that_become_central_later_are_followed_by_running_it_again()
    {
        _tree.Write("app.vcxproj", ProjectTree.Project);
        await _tree.InitAsync();
        _tree.Write("Directory.Packages.props", $"<Project><PropertyGroup>{Central}</PropertyGroup></Project>");

        await _tree.InitAsync();

        Assert.AreEqual("yes", await _tree.EvaluateAsync("app.vcxproj", restore: true));
        await _tree.AssertNothingLeftToDoAsync();
    }

    [TestMethod]
    public async Task A_nested_props_file_that_hides_the_upper_one_gets_the_settings_too()
    {
        _tree.Write("app/app.vcxproj", ProjectTree.Project);
        _tree.Write("lib/lib.vcxproj", ProjectTree.Project);
        _tree.Write("lib/Directory.Build.props", "<Project>\n</Project>\n");

        Tool tool = await _tree.InitAsync();

        Assert.Contains("changed       lib/Directory.Build.props", tool.Output);
        Assert.AreEqual("yes", await _tree.EvaluateAsync("app/app.vcxproj", restore: true));
        Assert.AreEqual("yes", await _tree.EvaluateAsync("lib/lib.vcxproj", restore: true));
        await _tree.AssertNothingLeftToDoAsync();
    }

    [TestMethod]
    [DataRow(ImportAbove)]
    [DataRow("<Import Project=\"../Directory.Build.props\" />")]
    [DataRow("<Import Project=\"$(MSBuildThisFileDirectory)..\\Directory.Build.props\" />")]
    public async Task A_nested_props_file_that_imports_the_upper_one_needs_nothing(string import)
    {
        _tree.Write("lib/lib.vcxproj", ProjectTree.Project);
        string nested = _tree.Write("lib/Directory.Build.props", $"<Project>\n  {import}\n</Project>\n");
        _tree.Write("Directory.Build.props", "<Project>\n</Project>\n");

        await _tree.InitAsync();

        Assert.AreEqual($"<Project>\n  {import}\n</Project>\n", File.ReadAllText(nested));
        Assert.AreEqual("yes", await _tree.EvaluateAsync("lib/lib.vcxproj", restore: true));
        await _tree.AssertNothingLeftToDoAsync();
    }

    [TestMethod]
    public async Task A_project_that_references_the_package_itself_is_left_to_a_person_when_others_need_it_too()
    {
        string reference = $"<ItemGroup><PackageReference Include=\"DistBuild\" Version=\"{ToolVersion.Text}\" /></ItemGroup>";
        string own = ProjectTree.Project.Replace("</Project>", reference + "</Project>", StringComparison.Ordinal);
        _tree.Write("own/own.vcxproj", own);
        Tool alone = await _tree.RunInitAsync(".", "--vctargets", "never");
        _tree.Write("app/app.vcxproj", ProjectTree.Project);

        Tool both = await _tree.RunInitAsync(".", "--vctargets", "never");

        Assert.AreEqual(0, alone.ExitCode, alone.Output);
        Assert.Contains("right         own/own.vcxproj", alone.Output);
        Assert.AreEqual(1, both.ExitCode);
        Assert.Contains("BY HAND       own/own.vcxproj", both.Output);
        Assert.Contains("created       Directory.Build.props", both.Output);
        Assert.AreEqual(own, _tree.Read("own/own.vcxproj"));
    }

    [TestMethod]
    public async Task A_project_with_a_packages_config_keeps_its_way_and_a_person_is_told()
    {
        _tree.Write("old/old.vcxproj", ProjectTree.Project);
        _tree.Write("old/packages.config", "<packages>\n  <package id=\"Else\" version=\"1.0.0\" />\n</packages>\n");
        _tree.Write("new/new.vcxproj", ProjectTree.Project);

        Tool tool = await _tree.RunInitAsync(".", "--vctargets", "always", "--source", "../feed");

        Assert.AreEqual(1, tool.ExitCode);
        Assert.Contains("BY HAND       old/packages.config", tool.Output);
        Assert.Contains($"<package id=\"DistBuild\" version=\"{ToolVersion.Text}\" targetFramework=\"native\" developmentDependency=\"true\" />", tool.Output);
        Assert.AreEqual("yes", await _tree.EvaluateAsync("new/new.vcxproj", restore: true), "the others are served");
        Assert.AreEqual("", await _tree.EvaluateAsync("old/old.vcxproj", restore: false, "@(PackageReference)"));
    }

    [TestMethod]
    public async Task Projects_that_are_not_Cpp_are_left_alone()
    {
        _tree.Write("app.vcxproj", ProjectTree.Project);
        _tree.Write("tool/tool.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");

        await _tree.InitAsync();

        Assert.AreEqual("", await _tree.EvaluateAsync("tool/tool.csproj", restore: false, "@(PackageReference)"));
    }
}
