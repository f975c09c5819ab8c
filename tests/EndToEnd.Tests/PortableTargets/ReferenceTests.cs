namespace DistBuild.EndToEnd.Tests.PortableTargets;

/// <summary>References between projects beyond what the solution fixture has.</summary>
[TestClass]
public sealed class ReferenceTests
{
    [TestMethod]
    public async Task A_project_built_alone_builds_what_it_refers_to_and_each_is_its_own_SolutionDir()
    {
        using VcWorkspace workspace = VcWorkspace.Of("solution");

        (await workspace.DotnetBuildAsync("Plugin/plugin.vcxproj")).MustSucceed();

        string[] files = workspace.Files();
        Assert.Contains("Plugin/plugins/Debug/libplugin.so", files);
        Assert.Contains("Plugin/imports/Debug/plugin.lib", files);
        Assert.Contains("Core/x64/Debug/libcore.a", files);
        Assert.Contains("Base Lib/x64/Debug/libbase lib.a", files);
        Assert.Contains("Deep/deep/Debug/libdeep.so", files);
    }

    [TestMethod]
    public async Task A_static_graph_build_links_the_same()
    {
        using VcWorkspace workspace = VcWorkspace.Of("solution");
        // MSBuild makes the graph before any target runs, so the case of a reference must be right.
        workspace.Edit("App/app.vcxproj", @"..\CORE\Core.vcxproj", @"..\Core\core.vcxproj");

        (await workspace.MSBuildAsync("My Solution.sln", "-graph", "-m")).MustSucceed();

        Assert.Contains("plugin 42\n", (await workspace.RunAsync("x64/Debug/App")).MustSucceed().Printed);
    }

    [TestMethod]
    public async Task Static_libraries_that_need_each_other_link_in_any_order()
    {
        using VcWorkspace workspace = VcWorkspace.Empty();
        Library(workspace, "a", "int b(int); int a(int n) { return n ? b(n - 1) : 5; }\n");
        Library(workspace, "b", "int a(int); int b(int n) { return n ? a(n - 1) : 6; }\n");
        workspace.Write("app/main.cpp", "int a(int); int main() { return a(3); }\n");
        workspace.Write("app/app.vcxproj", VcFile.Of("Application", VcFile.Sources("main.cpp") + VcFile.References(@"..\b\b.vcxproj", @"..\a\a.vcxproj")));

        (await workspace.MSBuildAsync("app/app.vcxproj")).MustSucceed();

        Assert.AreEqual(6, (await workspace.RunAsync("app/x64/Debug/app")).ExitCode);
    }

    [TestMethod]
    public async Task A_library_can_take_in_what_it_refers_to_and_objects_can_be_linked_instead_of_a_library()
    {
        using VcWorkspace workspace = VcWorkspace.Empty();
        Library(workspace, "inner", "int inner() { return 1; }\n");
        workspace.Write("outer/same.cpp", "int inner(); int outer() { return inner() + 1; }\n");
        workspace.Write("outer/sub/same.cpp", "int other() { return 40; }\n");
        workspace.Write("outer/outer.vcxproj", VcFile.Of(
            "StaticLibrary", VcFile.Sources("same.cpp", @"sub\same.cpp") + VcFile.References(@"..\inner\inner.vcxproj"), "<Lib><LinkLibraryDependencies>true</LinkLibraryDependencies></Lib>"));
        // Nothing refers to its one function, so only as an object does it take part.
        Library(workspace, "startup", "extern int started; static int set() { return started = 100; }\nint unused = set();\n");
        workspace.Write("app/main.cpp", "int started; int outer(); int other(); int main() { return outer() + other() + started; }\n");
        workspace.Write("app/app.vcxproj", VcFile.Of("Application", VcFile.Sources("main.cpp") + VcFile.References(@"..\outer\outer.vcxproj") +
            """<ProjectReference Include="..\startup\startup.vcxproj"><UseLibraryDependencyInputs>true</UseLibraryDependencyInputs></ProjectReference>"""));

        (await workspace.MSBuildAsync("app/app.vcxproj")).MustSucceed();

        Assert.AreEqual(142, (await workspace.RunAsync("app/x64/Debug/app")).ExitCode);
        string members = (await workspace.RunAsync("ar", "t", "outer/x64/Debug/libouter.a")).MustSucceed().Printed;
        Assert.Contains("inner.obj\n", members);
        Assert.HasCount(2, members.Split('\n').Where(member => member.StartsWith("same", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task A_CSharp_project_may_refer_to_a_native_one()
    {
        using VcWorkspace workspace = VcWorkspace.Empty();
        workspace.Write("native/native.c", "int answer(void) { return 42; }\n");
        workspace.Write("native/native.vcxproj", VcFile.Of("DynamicLibrary", VcFile.Sources("native.c"), properties: @"<OutDir>$(ProjectDir)..\managed\out\</OutDir>"));
        workspace.Write("managed/managed.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <OutDir>out/</OutDir>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="../native/native.vcxproj" />
              </ItemGroup>
            </Project>
            """);
        workspace.Write("managed/Program.cs", "System.Console.WriteLine(answer());\n[System.Runtime.InteropServices.DllImport(\"native\")] static extern int answer();\n");

        (await workspace.DotnetBuildAsync("managed/managed.csproj")).MustSucceed();

        Assert.AreEqual("42\n", (await workspace.RunAsync("dotnet", workspace["managed/out/managed.dll"])).MustSucceed().Printed);
    }

    [TestMethod]
    public async Task A_native_project_may_refer_to_a_CSharp_one_for_the_order_of_the_build()
    {
        using VcWorkspace workspace = VcWorkspace.Empty();
        workspace.Write("tool/tool.csproj", """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><OutDir>out/</OutDir></PropertyGroup></Project>""");
        workspace.Write("tool/Tool.cs", "public static class Tool;\n");
        workspace.Write("native/main.cpp", "int main() { return 3; }\n");
        workspace.Write("native/native.vcxproj", VcFile.Of("Application", VcFile.Sources("main.cpp") + VcFile.References(@"..\tool\tool.csproj"),
            "<PreBuildEvent><Command>test -e ../tool/out/tool.dll</Command></PreBuildEvent>"));

        (await workspace.DotnetBuildAsync("native/native.vcxproj")).MustSucceed();

        Assert.AreEqual(3, (await workspace.RunAsync("native/x64/Debug/native")).ExitCode);
    }

    private static void Library(VcWorkspace workspace, string name, string text)
    {
        workspace.Write($"{name}/{name}.cpp", text);
        workspace.Write($"{name}/{name}.vcxproj", VcFile.Of("StaticLibrary", VcFile.Sources($"{name}.cpp")));
    }
}
