namespace DistBuild.EndToEnd.Tests.PortableTargets;

/// <summary>gcc and clang, chosen by properties or the environment, and the options whose link needs to know of the compile.</summary>
[TestClass]
public sealed class CompilerTests
{
    [TestMethod]
    public async Task The_environment_chooses_the_compilers()
    {
        using VcWorkspace workspace = Prepare();
        workspace.Environment["CC"] = "clang-19";
        workspace.Environment["CXX"] = "clang++-19";

        await BuildsAndRunsAsync(workspace);

        Assert.Contains("clang version 19", await CommentAsync(workspace));
        Assert.DoesNotContain("GCC: (Debian", (await workspace.RunAsync("readelf", "-p", ".comment", "lib/x64/Debug/lib.obj")).Printed);
    }

    [TestMethod]
    public async Task Properties_go_before_the_environment()
    {
        using VcWorkspace workspace = Prepare();
        workspace.Environment["CC"] = "no-such-compiler";
        workspace.Environment["CXX"] = "no-such-compiler";

        await BuildsAndRunsAsync(workspace, "-p:CC=gcc", "-p:CXX=g++");

        Assert.Contains("GCC: ", await CommentAsync(workspace));
    }

    [TestMethod]
    [DataRow("gcc", "g++")]
    [DataRow("clang-19", "clang++-19")]
    public async Task Whole_program_optimization_goes_through_libraries(string c, string cxx)
    {
        using VcWorkspace workspace = Prepare("<WholeProgramOptimization>true</WholeProgramOptimization>");

        await BuildsAndRunsAsync(workspace, $"-p:CC={c}", $"-p:CXX={cxx}", "-p:Configuration=Release");

        string symbols = (await workspace.RunAsync("nm", "app/x64/Release/app")).MustSucceed().Printed;
        Assert.DoesNotContain("only_called_once", symbols, "it was inlined across the library");
    }

    [TestMethod]
    public async Task OpenMP_and_address_sanitizer_reach_the_link()
    {
        using VcWorkspace workspace = VcWorkspace.Empty();
        workspace.Write("main.cpp", "#include <omp.h>\nint main() { int sum = 0;\n#pragma omp parallel for reduction(+:sum)\nfor (int i = 0; i < 5; i++) { sum += i; }\nreturn sum + (omp_get_max_threads() > 0); }\n");
        workspace.Write("app.vcxproj", VcFile.Of("Application", VcFile.Sources("main.cpp"), "<ClCompile><OpenMPSupport>true</OpenMPSupport></ClCompile>", "<EnableASAN>true</EnableASAN>"));

        (await workspace.MSBuildAsync("app.vcxproj")).MustSucceed();

        Assert.AreEqual(11, (await workspace.RunAsync("x64/Debug/app")).ExitCode);
        Assert.Contains("__asan_init", (await workspace.RunAsync("nm", "x64/Debug/app")).MustSucceed().Printed);
    }

    [TestMethod]
    public async Task A_long_link_goes_through_a_response_file()
    {
        using VcWorkspace workspace = VcWorkspace.Empty();
        string folder = "a folder with a \"quoted\" name, blanks and " + new string('x', 120);
        string[] names = [.. Enumerable.Range(0, 250).Select(i => $"unit{i}.c")];
        workspace.Write("main.cpp", "extern \"C\" int unit0(void); extern \"C\" int unit249(void);\nint main() { return unit249() - unit0(); }\n");
        foreach (string name in names)
        {
            workspace.Write(name, $"int {Path.GetFileNameWithoutExtension(name)}(void) {{ return {name[4..^2]}; }}\n");
        }

        workspace.Write("app.vcxproj", VcFile.Of(
            "Application", VcFile.Sources([.. names, "main.cpp"]), "<ClCompile><DebugInformationFormat>None</DebugInformationFormat></ClCompile>", $"<IntDir>{folder.Replace("\"", "&quot;")}\\</IntDir>"));

        (await workspace.MSBuildAsync("app.vcxproj")).MustSucceed();

        Assert.AreEqual(249, (await workspace.RunAsync("x64/Debug/app")).ExitCode);
    }

    [TestMethod]
    public async Task A_project_in_C_alone_needs_no_Cpp_compiler()
    {
        using VcWorkspace workspace = VcWorkspace.Empty();
        workspace.Write("main.c", "#include <math.h>\nint main(int argc, char **argv) { (void)argv; return (int)pow(argc + 1, 3); }\n");
        workspace.Write("app.vcxproj", VcFile.Of("Application", VcFile.Sources("main.c")));

        (await workspace.MSBuildAsync("app.vcxproj", "-p:CXX=no-such-compiler")).MustSucceed();

        Assert.AreEqual(8, (await workspace.RunAsync("x64/Debug/app")).ExitCode);
        Assert.DoesNotContain("libstdc++", (await workspace.RunAsync("readelf", "-d", "x64/Debug/app")).MustSucceed().Printed);
    }

    private static VcWorkspace Prepare(string configuration = "")
    {
        VcWorkspace workspace = VcWorkspace.Empty();
        workspace.Write("lib/lib.c", "int only_called_once(int n) { return n + 39; }\n");
        workspace.Write("lib/lib.vcxproj", VcFile.Of("StaticLibrary", VcFile.Sources("lib.c"), Definitions, configuration: configuration));
        workspace.Write("app/main.cpp", "#include <iostream>\nextern \"C\" int only_called_once(int);\nint main(int argc, char **) { std::cout << only_called_once(argc + 2) << '\\n'; }\n");
        workspace.Write("app/app.vcxproj", VcFile.Of("Application", VcFile.Sources("main.cpp") + VcFile.References("../lib/lib.vcxproj"), Definitions, configuration: configuration));
        return workspace;
    }

    private static string Definitions => "<ClCompile><Optimization>MaxSpeed</Optimization><BasicRuntimeChecks>Default</BasicRuntimeChecks></ClCompile>";

    private static async Task BuildsAndRunsAsync(VcWorkspace workspace, params string[] arguments)
    {
        (await workspace.MSBuildAsync("app/app.vcxproj", arguments)).MustSucceed();
        string program = workspace.Files().Single(file => Path.GetFileName(file) == "app");
        Assert.AreEqual("42\n", (await workspace.RunAsync(program)).MustSucceed().Printed);
    }

    private static async Task<string> CommentAsync(VcWorkspace workspace) =>
        (await workspace.RunAsync("readelf", "-p", ".comment", "lib/x64/Debug/lib.obj")).MustSucceed().Printed;
}
