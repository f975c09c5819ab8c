namespace DistBuild.EndToEnd.Tests.PortableTargets;

/// <summary>Projects with the shapes of public ones: their folders, configurations, properties and odd options, with small sources.</summary>
[TestClass]
public sealed class PublicProjectTests
{
    [TestMethod]
    public async Task Pugixml_builds_with_its_own_output_folders_and_names()
    {
        using VcWorkspace workspace = VcWorkspace.Of("pugixml");

        (await workspace.DotnetBuildAsync("scripts/pugixml_vs2022.vcxproj", "-p:Configuration=ReleaseStatic", "-p:Platform=x64")).MustSucceed();

        workspace.Write("main.cpp", "#include \"src/pugixml.hpp\"\n#include <iostream>\nint main() { std::cout << pugi::node(\"a\", true); }\n");
        await LinksAndPrintsAsync(workspace, "scripts/vs2022/x64_ReleaseStatic/pugixmls.lib", "<a/>release");
    }

    [TestMethod]
    public async Task Zlibstat_builds_in_ReleaseWithoutAsm()
    {
        using VcWorkspace workspace = VcWorkspace.Of("zlib");

        (await workspace.MSBuildAsync("contrib/vstudio/vc17/zlibstat.vcxproj", "-p:Configuration=ReleaseWithoutAsm", "-p:Platform=x64")).MustSucceed();

        workspace.Write("main.cpp", "extern \"C\" {\n#include \"zlib.h\"\n}\n#include <iostream>\nint main() { std::cout << adler(1, \"abc\"); }\n");
        await LinksAndPrintsAsync(workspace, "contrib/vstudio/vc17/x64/ZlibStatReleaseWithoutAsm/zlibstat.lib", "295");
    }

    [TestMethod]
    public async Task Zlibstat_with_assembler_says_what_is_missing()
    {
        using VcWorkspace workspace = VcWorkspace.Of("zlib");

        string printed = (await workspace.MSBuildAsync("contrib/vstudio/vc17/zlibstat.vcxproj", "-p:Configuration=Release", "-p:Platform=x64")).Printed;

        Assert.Contains("warning DB2201: PreBuildEvent was skipped", printed);
        Assert.Contains("inffast.c(3", printed);
    }

    [TestMethod]
    [DataRow("Debug-Dll")]
    [DataRow("Release-Lib")]
    public async Task Tinyxml2_is_a_shared_or_a_static_library_by_configuration(string configuration)
    {
        using VcWorkspace workspace = VcWorkspace.Of("tinyxml2");

        (await workspace.DotnetBuildAsync("tinyxml2/tinyxml2.sln", $"-p:Configuration={configuration}", "-p:Platform=x64", "-m")).MustSucceed();

        Assert.AreEqual("elements 3\n", (await workspace.RunAsync($"tinyxml2/bin/x64-{configuration}/test")).MustSucceed().Printed);
    }

    [TestMethod]
    public async Task Lz4_builds_as_a_solution()
    {
        using VcWorkspace workspace = VcWorkspace.Of("lz4");

        (await workspace.DotnetBuildAsync("build/VS2022/lz4.sln", "-p:Configuration=Release", "-p:Platform=x64", "-m")).MustSucceed();

        const string Bin = "build/VS2022/bin/x64_Release/";
        Assert.AreEqual("lz4 11000\n", (await workspace.RunAsync(Bin + "lz4")).MustSucceed().Printed);
        Assert.AreEqual("fullbench 11000\n", (await workspace.RunAsync(Bin + "fullbench-dll")).MustSucceed().Printed);
        Assert.AreEqual("datagen 141\n", (await workspace.RunAsync(Bin + "datagen")).MustSucceed().Printed, "the C library's functions are there without being named");
        Assert.Contains(Bin + "liblz4_static.a", workspace.Files());
        Assert.Contains(Bin + "liblz4.so", workspace.Files());
    }

    [TestMethod]
    public async Task Libzstd_finds_its_headers_through_IncludePath()
    {
        using VcWorkspace workspace = VcWorkspace.Of("zstd");

        (await workspace.DotnetBuildAsync("build/VS2010/zstd.sln", "-p:Configuration=Debug", "-p:Platform=x64")).MustSucceed();

        workspace.Write("main.cpp", "extern \"C\" {\n#include \"lib/zstd.h\"\n}\n#include <iostream>\nint main() { std::cout << ZSTD_compress(3); }\n");
        await LinksAndPrintsAsync(workspace, "build/VS2010/bin/x64_Debug/libzstd_static.a", "8");
    }

    [TestMethod]
    public async Task Imguis_null_example_builds_alone()
    {
        using VcWorkspace workspace = VcWorkspace.Of("imgui");

        (await workspace.DotnetBuildAsync("examples/example_null/example_null.vcxproj", "-p:Configuration=Release")).MustSucceed();

        Assert.AreEqual("imgui null: 20 frames\n", (await workspace.RunAsync("examples/example_null/Release/example_null")).MustSucceed().Printed);
    }

    private static async Task LinksAndPrintsAsync(VcWorkspace workspace, string library, string expected)
    {
        (await workspace.RunAsync("g++", "main.cpp", library, "-o", "main")).MustSucceed();
        Assert.AreEqual(expected, (await workspace.RunAsync("main")).MustSucceed().Printed.TrimEnd());
    }
}
