using System.Text.RegularExpressions;
using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests.PortableTargets;

/// <summary>Projects that cannot be built, all in one build; each gets an error with a code that says what, why and what to do.</summary>
[TestClass]
public sealed class ErrorTests
{
    private static VcWorkspace s_workspace = null!;
    private static ProgramResult s_build = null!;

    [ClassInitialize]
    public static async Task BuildAsync(TestContext context)
    {
        s_workspace = VcWorkspace.Empty();
        foreach (string folder in (string[])["unknown", "makefile", "platform", "noc", "nocxx", "undefined", "library", "folder", "event", "custom", "notwritten", "toolset", "relative", "twice", "asm"])
        {
            Write(folder, "Application", VcFile.Sources("main.cpp"));
            s_workspace.Write($"{folder}/main.cpp", "int main() { return 0; }\n");
        }

        Write("unknown", "Spaceship", VcFile.Sources("main.cpp"));
        Write("makefile", "Makefile", "");
        Write("noc", "Application", VcFile.Sources("main.c"), properties: "<CC>no-such-cc</CC>");
        Write("nocxx", "Application", VcFile.Sources("main.cpp"), properties: "<CXX>../no such/g++</CXX>");
        s_workspace.Write("undefined/main.cpp", "int missing(int);\n\nint main() { return missing(1); }\n");
        Write("library", "Application", VcFile.Sources("main.cpp"), "<Link><AdditionalDependencies>not there.lib;kernel32.lib</AdditionalDependencies><AdditionalLibraryDirectories>libs</AdditionalLibraryDirectories></Link>");
        Write("folder", "Application", VcFile.Sources("main.cpp"), properties: @"<OutDir>$(SolutionDir)..\</OutDir><TargetName>event</TargetName>");
        Write("event", "Application", VcFile.Sources("main.cpp"), "<PostBuildEvent><Command>echo before\nexit 7\necho after</Command></PostBuildEvent>");
        Write("custom", "Utility", """<CustomBuild Include="main.cpp"><Command>echo "main.cpp(3): error X1: from the tool"; false; echo after</Command><Outputs>out</Outputs></CustomBuild>""");
        Write("notwritten", "Utility", """<CustomBuild Include="main.cpp"><Command>true</Command><Outputs>never.txt</Outputs><AdditionalInputs>absent.txt</AdditionalInputs></CustomBuild>""");
        Write("toolset", "Application", VcFile.Sources("main.cpp"), properties: "<DistBuildToolset>tcc</DistBuildToolset>");
        Write("twice", "Application", VcFile.Sources("main.cpp"));
        Write("twice", "Application", VcFile.Sources("main.cpp"), name: "second");
        s_workspace.Edit("asm/asm.vcxproj", "<Import Project=\"$(VCTargetsPath)\\Microsoft.Cpp.targets\" />",
            "<ItemGroup><MASM Include=\"fast.asm\" /></ItemGroup><Import Project=\"$(VCTargetsPath)\\Microsoft.Cpp.targets\" /><Import Project=\"$(VCTargetsPath)\\BuildCustomizations\\masm.targets\" />");

        s_workspace.Write("all.proj", $"""
            <Project>
              <Target Name="Build">
                <MSBuild Projects="{Files("unknown", "makefile", "noc", "nocxx", "undefined", "library", "folder", "event", "custom", "notwritten", "toolset", "twice", "asm")}" ContinueOnError="true" />
                <MSBuild Projects="{Files("platform")}" Properties="Platform=Itanium" ContinueOnError="true" />
                <MSBuild Projects="twice/second.vcxproj" ContinueOnError="true" />
                <MSBuild Projects="{Files("relative")}" Properties="VCTargetsPath={Path.GetRelativePath(s_workspace["relative"], VcWorkspace.Targets)}" ContinueOnError="true" />
              </Target>
            </Project>
            """);
        s_build = await s_workspace.MSBuildAsync("all.proj", "-v:n");
    }

    [ClassCleanup]
    public static void Remove() => s_workspace.Dispose();

    [TestMethod]
    [DataRow("unknown", "error DB2003: ConfigurationType 'Spaceship' is unknown.*Set it to Application, DynamicLibrary, StaticLibrary or Utility")]
    [DataRow("makefile", "error DB2002: ConfigurationType=Makefile")]
    [DataRow("platform", @"error DB2001: platform\.vcxproj has no configuration 'Debug\|Itanium'; it has Debug\|x64, Release\|x64\. Build with")]
    [DataRow("noc", "error DB2010: The C compiler 'no-such-cc' cannot be found on PATH.*set CC")]
    [DataRow("nocxx", @"error DB2010: The C\+\+ compiler '.*/no' cannot be found on PATH.*set CXX")]
    [DataRow("undefined", @"main\.cpp\(3\): error DB2102: undefined reference to `missing\(int\)' in function main")]
    [DataRow("library", "error DB2104: Library 'not there.lib' was not found.*library/libs.*Add a ProjectReference")]
    [DataRow("folder", "error DB2108: The output '.*/event' is the name of a folder.*Set TargetExt")]
    [DataRow("event", "error DB2202: PostBuildEvent failed with exit code 7")]
    [DataRow("custom", @"main\.cpp : error DB2202: The custom build of main.cpp failed with exit code 1")]
    [DataRow("custom", @"main\.cpp\(3\): error X1: from the tool")]
    [DataRow("notwritten", @"main\.cpp : warning DB2203: The custom build of main.cpp succeeded but did not write '.*/never\.txt'")]
    [DataRow("notwritten", @"main\.cpp : warning DB2204: The custom build of main.cpp names '.*/absent\.txt' as an input")]
    [DataRow("toolset", "error DB2004: DistBuildToolset 'tcc' is unknown")]
    [DataRow("relative", "error DB2005: VCTargetsPath '.*' must be a full path that ends in a slash.*Set it to /")]
    [DataRow("second", @"warning DB2007: The intermediate folder 'x64/Debug/' is also used by twice")]
    [DataRow("asm", @"warning DB2009: fast\.asm cannot be assembled")]
    public void Each_says_what_happened_and_what_to_do(string project, string pattern)
    {
        string[] lines = [.. s_build.Printed.Split('\n').Where(line => line.Contains($"/{project}.vcxproj]", StringComparison.Ordinal))];

        Assert.IsTrue(lines.Any(line => Regex.IsMatch(line, pattern)), string.Join('\n', lines));
    }

    [TestMethod]
    public void No_task_fails_without_an_explanation() => Assert.IsFalse(Regex.IsMatch(s_build.Printed, "error MSB(4018|4062|4057)"), s_build.Printed);

    [TestMethod]
    public void A_text_stops_at_its_first_failing_line()
    {
        Assert.Contains("before\n", s_build.Printed);
        Assert.DoesNotContain("after\n", s_build.Printed);
    }

    [TestMethod]
    public void A_failed_link_leaves_no_output_and_no_temporary_file() =>
        Assert.IsEmpty(Directory.EnumerateFiles(s_workspace["undefined/x64/Debug"]).Where(file => Path.GetExtension(file) != ".obj").Select(Path.GetFileName));

    private static void Write(string folder, string type, string items, string definitions = "", string properties = "", string? name = null) =>
        s_workspace.Write($"{folder}/{name ?? folder}.vcxproj", VcFile.Of(type, items, definitions, properties));

    private static string Files(params string[] names) => string.Join(';', names.Select(name => $"{name}/{name}.vcxproj"));
}
