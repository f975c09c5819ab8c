namespace DistBuild.Agent.Tests.Commands;

/// <summary>How the VC targets are found: what stands above, below and already in response files.</summary>
[TestClass]
public sealed class InitResponseFileTests : IDisposable
{
    private readonly ProjectTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [TestMethod]
    public async Task What_stands_above_the_folder_still_counts()
    {
        _tree.Write("native/app.vcxproj", ProjectTree.Project);
        _tree.Write("Directory.Build.props", "<Project><PropertyGroup><FromAbove>still</FromAbove></PropertyGroup></Project>");
        _tree.Write("Directory.Build.rsp", "-p:FromResponse=here\n");

        await _tree.InitAsync("native");

        Assert.AreEqual("still here", await _tree.EvaluateAsync("native/app.vcxproj", restore: true, "$(FromAbove) $(FromResponse)"));
        Assert.AreEqual("yes", await _tree.EvaluateAsync("native/app.vcxproj", restore: false));
        Assert.AreEqual("<Project><PropertyGroup><FromAbove>still</FromAbove></PropertyGroup></Project>", _tree.Read("Directory.Build.props"));
        await _tree.AssertNothingLeftToDoAsync("native");
    }

    [TestMethod]
    public async Task A_folder_inside_one_that_is_right_is_right()
    {
        _tree.Write("native/app.vcxproj", ProjectTree.Project);
        await _tree.InitAsync();
        int files = Directory.GetFiles(_tree.Root, "*", SearchOption.AllDirectories).Length;

        Tool inner = await _tree.RunInitAsync("native", "--vctargets", "always");

        Assert.AreEqual(0, inner.ExitCode);
        Assert.Contains("right         ../Directory.Build.rsp", inner.Output);
        Assert.Contains("right         ../Directory.Build.props", inner.Output);
        Assert.HasCount(files, Directory.GetFiles(_tree.Root, "*", SearchOption.AllDirectories));
    }

    [TestMethod]
    public async Task A_response_file_below_that_hides_ours_is_completed()
    {
        _tree.Write("lib/lib.vcxproj", ProjectTree.Project);
        _tree.Write("lib/Directory.Build.rsp", "# mine\r\n-p:Own=1");

        await _tree.InitAsync();

        Assert.AreEqual(
            "# mine\r\n-p:Own=1\r\n"
                + "-p:VCTargetsPath=\"%MSBuildThisFileDirectory%../.distbuild/vc/\"\r\n-rp:VCTargetsPath=\"%MSBuildThisFileDirectory%../.distbuild/vc/\"\r\n",
            _tree.Read("lib/Directory.Build.rsp"));
        Assert.AreEqual("yes 1", await _tree.EvaluateAsync("lib/lib.vcxproj", restore: true, "$(FromPackage) $(Own)"));
        await _tree.AssertNothingLeftToDoAsync();
    }

    [TestMethod]
    public async Task A_response_file_with_one_of_the_two_lines_gets_the_other()
    {
        _tree.Write("app.vcxproj", ProjectTree.Project);
        _tree.Write("Directory.Build.rsp", "/property:VCTargetsPath=\"%MSBuildThisFileDirectory%.distbuild/vc/\"\n");

        await _tree.InitAsync();

        Assert.AreEqual(
            "/property:VCTargetsPath=\"%MSBuildThisFileDirectory%.distbuild/vc/\"\n-rp:VCTargetsPath=\"%MSBuildThisFileDirectory%.distbuild/vc/\"\n",
            _tree.Read("Directory.Build.rsp"));
        Assert.AreEqual("yes", await _tree.EvaluateAsync("app.vcxproj", restore: true));
    }

    [TestMethod]
    public async Task A_response_file_with_targets_of_the_users_own_is_left_for_a_person()
    {
        _tree.Write("app.vcxproj", ProjectTree.Project);
        _tree.Write("Directory.Build.rsp", "-p:A=1;VCTargetsPath=/opt/vc/\n");

        Tool tool = await _tree.RunInitAsync(".", "--vctargets", "always");

        Assert.AreEqual(1, tool.ExitCode);
        Assert.AreEqual("-p:A=1;VCTargetsPath=/opt/vc/\n", _tree.Read("Directory.Build.rsp"));
        Assert.Contains("BY HAND       Directory.Build.rsp: sets VCTargetsPath to /opt/vc/ already", tool.Output);
        Assert.Contains("-rp:VCTargetsPath=", tool.Output);
    }

    [TestMethod]
    [DataRow("-m:1 -rp:VCTargetsPath=\"FOLDER\" -p:VCTargetsPath=\"FOLDER\"")]
    [DataRow("--property:A=1;vctargetspath=\"FOLDER\"\r\n/restoreProperty:VCTargetsPath=\"FOLDER\"\r\n")]
    [DataRow("\"-p:VCTargetsPath=FOLDER\"\n  \"-rp:VCTargetsPath=FOLDER\"")]
    public async Task A_response_file_that_says_the_same_in_other_words_is_right(string text)
    {
        _tree.Write("app.vcxproj", ProjectTree.Project);
        string content = text.Replace("FOLDER", Path.Combine(_tree.Root, ".distbuild/vc/"), StringComparison.Ordinal);
        _tree.Write("Directory.Build.rsp", content);

        Tool tool = await _tree.InitAsync();

        Assert.Contains("right         Directory.Build.rsp", tool.Output);
        Assert.AreEqual(content, _tree.Read("Directory.Build.rsp"));
        Assert.AreEqual("yes", await _tree.EvaluateAsync("app.vcxproj", restore: true), "MSBuild reads it so too");
    }

    [TestMethod]
    public async Task A_switch_in_a_comment_says_nothing()
    {
        _tree.Write("app.vcxproj", ProjectTree.Project);
        _tree.Write("Directory.Build.rsp", "# -p:VCTargetsPath=/old/ -rp:VCTargetsPath=/old/\n");

        await _tree.InitAsync();

        Assert.AreEqual("yes", await _tree.EvaluateAsync("app.vcxproj", restore: true));
    }

    [TestMethod]
    public async Task A_solution_above_the_folder_is_pointed_out()
    {
        _tree.Write("all.sln", "Project(\"{8BC9CEB8-8B4A-11D0-8D11-00A0C91BC942}\") = \"app\", \"native\\app.vcxproj\", \"{1}\"\nEndProject\n");
        _tree.Write("native/app.vcxproj", ProjectTree.Project);

        Tool tool = await _tree.InitAsync("native");

        Assert.Contains($"Note: {Path.Combine(_tree.Root, "all.sln")} lies above this folder", tool.Output);
    }
}
