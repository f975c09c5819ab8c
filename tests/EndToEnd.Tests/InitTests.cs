using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests;

/// <summary><c>distbuild init</c> makes a folder of projects use the package, and edits none of them.</summary>
[TestClass]
public sealed class InitTests
{
    [TestMethod]
    public async Task Two_projects_in_one_folder_both_get_the_package()
    {
        using Developer developer = new();
        developer.Write("one.cpp", "int main() { return 0; }\n");
        developer.Write("two.cpp", "int main() { return 0; }\n");
        new VcxProject("one.cpp").WriteTo(developer, "one.vcxproj");
        new VcxProject("two.cpp").WriteTo(developer, "two.vcxproj");

        await developer.InitializeAsync();

        (await developer.BuildAsync("one.vcxproj")).MustSucceed().Report.MustBe(("compiledLocally", 1));
        (await developer.BuildAsync("two.vcxproj")).MustSucceed().Report.MustBe(("compiledLocally", 1));
    }

    [TestMethod]
    public async Task A_second_init_changes_nothing_and_the_first_edits_no_project()
    {
        using Developer developer = new();
        developer.Write("one.cpp", "int main() { return 0; }\n");
        new VcxProject("one.cpp").WriteTo(developer, "sub folder/one.vcxproj");
        byte[] project = developer.Bytes("sub folder/one.vcxproj");

        await developer.InitializeAsync();
        Dictionary<string, string> first = Content(developer.Folder);
        await developer.InitializeAsync();

        CollectionAssert.AreEqual(project, developer.Bytes("sub folder/one.vcxproj"));
        CollectionAssert.AreEquivalent(first, Content(developer.Folder));
    }

    [TestMethod]
    public async Task What_a_Directory_Build_props_already_says_still_counts()
    {
        using Developer developer = new();
        developer.Write("Directory.Build.props", "<Project><PropertyGroup><Ours>kept</Ours></PropertyGroup></Project>\n");
        developer.Write("one.cpp", "int main() { return 0; }\n");
        new VcxProject("one.cpp") { AtTheEnd = """<Target Name="Show" AfterTargets="Build"><Message Importance="high" Text="Ours=$(Ours)" /></Target>""" }.WriteTo(developer, "one.vcxproj");

        await developer.InitializeAsync();
        BuildResult build = (await developer.BuildAsync("one.vcxproj")).MustSucceed();

        Assert.Contains("Ours=kept", build.Printed);
        build.Report.MustBe(("compiledLocally", 1));
    }

    private static Dictionary<string, string> Content(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(file => file, file => Convert.ToHexString(File.ReadAllBytes(file)));
}
