using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests;

/// <summary>Every way into a project, and every way the package keeps out of one.</summary>
[TestClass]
public sealed class HookTests
{
    private const string Hello = "#include <cstdio>\nint main() { std::puts(\"hello\"); }\n";

    private static string UnpackedPackage(Developer developer)
    {
        string folder = Path.Combine(developer.Folder, "packages", $"DistBuild.{Product.Version}");
        System.IO.Compression.ZipFile.ExtractToDirectory(Product.Package, folder);
        return folder;
    }

    [TestMethod]
    public async Task A_PackageReference_in_the_project_is_all_it_takes()
    {
        using Developer developer = Newcomer();
        new VcxProject("hello.cpp") { AfterItems = VcxProject.PackageReference }.WriteTo(developer, "hello.vcxproj");

        BuildResult build = (await developer.BuildAsync("hello.vcxproj")).MustSucceed();

        build.Report.MustBe(("compiledLocally", 1));
        Assert.AreEqual("hello\n", (await developer.RunAsync(developer.PathOf("bin/Release/hello"))).MustSucceed().Printed);
    }

    [TestMethod]
    public async Task An_import_at_the_place_of_packages_config_takes_over_too()
    {
        using Developer developer = Newcomer();
        string package = UnpackedPackage(developer);
        new VcxProject("hello.cpp")
        {
            AtTheTop = $"""<Import Project="{package}/build/native/DistBuild.props" />""",
            AtTheEnd = $"""<ImportGroup Label="ExtensionTargets"><Import Project="{package}/build/native/DistBuild.targets" /></ImportGroup>""",
        }.WriteTo(developer, "hello.vcxproj");

        (await developer.BuildAsync("hello.vcxproj")).MustSucceed().Report.MustBe(("compiledLocally", 1));
    }

    [TestMethod]
    public async Task A_plain_import_of_the_targets_is_enough()
    {
        using Developer developer = Newcomer();
        new VcxProject("hello.cpp") { AtTheEnd = $"""<Import Project="{UnpackedPackage(developer)}/build/native/DistBuild.targets" />""" }.WriteTo(developer, "hello.vcxproj");

        (await developer.BuildAsync("hello.vcxproj")).MustSucceed().Report.MustBe(("compiledLocally", 1));
    }

    [TestMethod]
    public async Task Two_imports_from_two_folders_compile_once_and_warn_of_nothing()
    {
        using Developer developer = Newcomer();
        string import = $"""<Import Project="{UnpackedPackage(developer)}/build/native/DistBuild""";
        new VcxProject("hello.cpp")
        {
            AtTheTop = $"{import}.props\" />",
            AfterItems = VcxProject.PackageReference,
            AtTheEnd = $"{import}.targets\" />",
        }.WriteTo(developer, "hello.vcxproj");

        BuildResult build = (await developer.BuildAsync("hello.vcxproj", "-warnaserror")).MustSucceed();

        build.Report.MustBe(("compiledLocally", 1));
    }

    [TestMethod]
    public async Task The_forwarders_lead_to_the_door()
    {
        using Developer developer = Newcomer();
        string package = UnpackedPackage(developer);
        new VcxProject("hello.cpp")
        {
            AtTheTop = $"""<Import Project="{package}/buildTransitive/DistBuild.props" /><Import Project="{package}/build/DistBuild.props" />""",
            AtTheEnd = $"""<Import Project="{package}/build/DistBuild.targets" />""",
        }.WriteTo(developer, "hello.vcxproj");

        (await developer.BuildAsync("hello.vcxproj")).MustSucceed().Report.MustBe(("compiledLocally", 1));
    }

    [TestMethod]
    public async Task Switched_off_it_leaves_the_compile_to_the_targets()
    {
        using Developer developer = Newcomer();
        new VcxProject("hello.cpp") { AfterItems = VcxProject.PackageReference }.WriteTo(developer, "hello.vcxproj");

        BuildResult build = (await developer.BuildAsync("hello.vcxproj", "-p:DistBuildEnabled=false")).MustSucceed();

        build.Report.MustBe();
        Assert.IsFalse(Directory.Exists(developer.Store), "the store was not touched");
        Assert.AreEqual("hello\n", (await developer.RunAsync(developer.PathOf("bin/Release/hello"))).MustSucceed().Printed);
    }

    [TestMethod]
    public async Task The_environment_switches_it_off_like_the_property()
    {
        using Developer developer = Newcomer();
        developer.Environment["DistBuildEnabled"] = "false";
        new VcxProject("hello.cpp") { AfterItems = VcxProject.PackageReference }.WriteTo(developer, "hello.vcxproj");

        (await developer.BuildAsync("hello.vcxproj")).MustSucceed().Report.MustBe();
    }

    [TestMethod]
    public async Task A_design_time_build_is_left_alone()
    {
        using Developer developer = Newcomer();
        new VcxProject("hello.cpp")
        {
            AfterItems = VcxProject.PackageReference,
            AtTheEnd = """<Target Name="ShowSources" AfterTargets="ClCompile"><Message Importance="high" Text="sources=@(ClCompile)" /></Target>""",
        }.WriteTo(developer, "hello.vcxproj");

        BuildResult build = (await developer.BuildAsync("hello.vcxproj", "-t:ClCompile", "-p:DesignTimeBuild=true")).MustSucceed();

        build.Report.MustBe();
        Assert.Contains("sources=hello.cpp", build.Printed);
    }

    [TestMethod]
    public async Task What_runs_after_ClCompile_sees_all_sources_in_their_order()
    {
        using Developer developer = Newcomer();
        developer.Write("a.cpp", "int a() { return 1; }\n");
        developer.Write("z.cpp", "int z() { return 1; }\n");
        new VcxProject("z.cpp", "hello.cpp", "a.cpp")
        {
            AfterItems = VcxProject.PackageReference,
            AtTheEnd = """<Target Name="ShowSources" BeforeTargets="Link"><Message Importance="high" Text="sources=@(ClCompile)" /></Target>""",
        }.WriteTo(developer, "hello.vcxproj");

        BuildResult build = (await developer.BuildAsync("hello.vcxproj")).MustSucceed();

        Assert.Contains("sources=z.cpp;hello.cpp;a.cpp", build.Printed);
        build.Report.MustBe(("compiledLocally", 3));
    }

    private static Developer Newcomer()
    {
        Developer developer = new();
        developer.UsePortableTargets();
        developer.Write("hello.cpp", Hello);
        return developer;
    }
}
