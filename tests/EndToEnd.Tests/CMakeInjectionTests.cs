using System.IO.Compression;
using System.Text.RegularExpressions;
using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests;

/// <summary>The package's cmake/DistBuild.cmake, which one switch of CMake brings into every project.</summary>
[TestClass]
public sealed class CMakeInjectionTests
{
    [TestMethod]
    public async Task Every_target_compiles_through_the_package_that_the_file_lies_in()
    {
        using Developer developer = await PrepareAsync();

        (await BuildAsync(developer, "solution/Orchard.sln")).MustSucceed().Report.MustBe(("compiledLocally", CMakeFixture.Units));
        BuildReport again = (await BuildAsync(developer, "solution/Orchard.sln", "-t:Rebuild")).MustSucceed().Report;

        // What the build itself writes right before it is compiled may be too new to be trusted.
        ReportedUnit[] old = [.. again.Units.Where(unit => !unit.Source.Contains("/generated/", StringComparison.Ordinal) && !unit.Source.Contains("/Unity/", StringComparison.Ordinal))];
        Assert.HasCount(CMakeFixture.Units - 4, old);
        Assert.IsEmpty(old.Where(unit => unit.Outcome != "localHit"), again.Printed);
        Assert.Contains("plugin 42\n", (await developer.RunAsync(developer.PathOf("solution/Release/app.exe"))).MustSucceed().Printed);
    }

    [TestMethod]
    public async Task A_checkout_elsewhere_has_the_same_keys_because_sources_and_build_tree_share_a_root()
    {
        using Developer one = await PrepareAsync(), other = await PrepareAsync();
        other.Environment["DistBuildStore"] = one.Store;

        (await BuildAsync(one, "solution/twins/Twins.sln")).MustSucceed().Report.MustBe(("compiledLocally", 4));
        (await BuildAsync(other, "solution/twins/Twins.sln")).MustSucceed().Report.MustBe(("localHit", 4));
    }

    [TestMethod]
    public async Task References_to_the_package_restore_for_two_projects_in_one_folder()
    {
        using Developer one = new(), other = new();
        foreach (Developer developer in (Developer[])[one, other])
        {
            developer.UsePortableTargets();
            developer.Environment["DistBuildStore"] = one.Store;
            CMakeFixture.CopyTo(developer.Folder, "source", "referring");
        }

        (await BuildAsync(one, "referring/Twins.sln")).MustSucceed().Report.MustBe(("compiledLocally", 4));
        (await BuildAsync(other, "referring/Twins.sln")).MustSucceed().Report.MustBe(("localHit", 4));
    }

    [TestMethod]
    public async Task What_was_imported_from_above_still_is()
    {
        using Developer developer = await PrepareAsync();
        developer.Write("Directory.Build.props", "<Project><PropertyGroup><Above>props</Above></PropertyGroup></Project>");
        developer.Write("Directory.Build.targets", "<Project><PropertyGroup><Above>$(Above) and targets</Above></PropertyGroup></Project>");

        ProgramResult answer = await developer.RunAsync("dotnet", "msbuild", "solution/tool.vcxproj", "-nologo", "-getProperty:Above");

        Assert.AreEqual("props and targets", answer.MustSucceed().Printed.Trim());
    }

    [TestMethod]
    public async Task A_file_of_the_build_tree_that_is_somebody_elses_stays()
    {
        using Developer developer = new();
        developer.Write("solution/Directory.Build.props", "<Project />");

        ProgramResult configured = (await ConfigureAsync(developer)).MustSucceed();

        Assert.AreEqual("<Project />", developer.Read("solution/Directory.Build.props"));
        Assert.Contains("solution/Directory.Build.props is not DistBuild's and stays as it is", InOneLine(configured));
        Assert.Contains("DistBuild.targets", developer.Read("solution/Directory.Build.targets"));
    }

    [TestMethod]
    public async Task Targets_refer_to_the_package_where_they_are_told_to()
    {
        using Developer developer = new();

        ProgramResult configured = (await ConfigureAsync(developer, "-DDISTBUILD_REFERENCE=package")).MustSucceed();

        Assert.Contains($"below refers to DistBuild_{Product.Version} with root {developer.Folder}, custom to custom-NOTFOUND", configured.Printed);
        Assert.IsFalse(File.Exists(developer.PathOf("solution/Directory.Build.props")));
    }

    [TestMethod]
    public async Task An_unknown_way_and_another_generator_are_named()
    {
        using Developer developer = new();

        Assert.Contains("DISTBUILD_REFERENCE is 'magic'. Say import or package.", InOneLine(await ConfigureAsync(developer, "-DDISTBUILD_REFERENCE=magic")));
        Assert.Contains("Ninja does not write projects for MSBuild", (await ConfigureAsync(developer, "-DDISTBUILD_REFERENCE=import", "-DGENERATOR=Ninja")).MustSucceed().Printed);
    }

    /// <summary>CMake breaks its messages into lines, at whatever a path's length makes of them.</summary>
    private static string InOneLine(ProgramResult configured) => Regex.Replace(configured.Printed, @"\s+", " ");

    private static async Task<Developer> PrepareAsync()
    {
        Developer developer = new();
        developer.UsePortableTargets();
        CMakeFixture.CopyTo(developer.Folder, "source", "solution");
        (await ConfigureAsync(developer)).MustSucceed();
        return developer;
    }

    private static Task<BuildResult> BuildAsync(Developer developer, string solution, params string[] arguments) =>
        developer.BuildAsync(solution, ["-m", "-p:Configuration=Release", "-p:Platform=x64", .. arguments]);

    /// <summary>
    /// Lets the CMake of this machine do what the file says, for the solution that one on Windows has generated: it says that its generator is
    /// Visual Studio's, which only CMake on Windows has.
    /// </summary>
    private static async Task<ProgramResult> ConfigureAsync(Developer developer, params string[] arguments)
    {
        string package = developer.PathOf("../package");
        if (!Directory.Exists(package))
        {
            ZipFile.ExtractToDirectory(Product.Package, package);
        }

        developer.Write("configure/below/CMakeLists.txt", "add_library(below OBJECT below.c)\nadd_custom_target(custom)\n");
        developer.Write("configure/below/below.c", "");
        developer.Write("configure/CMakeLists.txt", $$"""
            cmake_minimum_required(VERSION 3.20)
            project(Configure LANGUAGES C)
            set(GENERATOR "Visual Studio 17 2022" CACHE STRING "")
            set(CMAKE_GENERATOR "${GENERATOR}")
            set(CMAKE_BINARY_DIR "{{developer.Folder}}/solution")
            include("{{package}}/cmake/DistBuild.cmake")
            add_subdirectory(below below)
            cmake_language(DEFER CALL tell)
            function(tell)
              get_target_property(references below VS_PACKAGE_REFERENCES)
              get_target_property(root below VS_GLOBAL_DistBuildRoot)
              get_target_property(custom custom VS_PACKAGE_REFERENCES)
              message(STATUS "below refers to ${references} with root ${root}, custom to ${custom}")
            endfunction()
            """);
        return await developer.RunAsync("cmake", ["-S", developer.PathOf("configure"), "-B", developer.PathOf("../configured"), .. arguments]);
    }
}
