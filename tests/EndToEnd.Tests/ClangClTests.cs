using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests;

/// <summary>A vcxproj for Windows, compiled by clang-cl and linked by mingw's compiler on this system, through the package.</summary>
[TestClass]
public sealed class ClangClTests
{
    private const string ClangCl = "-p:PlatformToolset=ClangCL";

    private static readonly (string, string)[] Compile =
        [("AdditionalIncludeDirectories", @"..\include"), ("ForcedIncludeFiles", "forced.h"), ("AdditionalOptions", @"/Brepro @..\more.rsp"), ("DebugInformationFormat", "OldStyle")];

    [TestMethod]
    public async Task A_library_and_a_program_are_built_once_and_hit_afterwards()
    {
        using Developer developer = await PrepareAsync();

        BuildResult cold = (await developer.BuildAsync("app/app.vcxproj", ClangCl)).MustSucceed();
        Dictionary<string, byte[]> compiled = developer.Objects().ToDictionary(file => file, File.ReadAllBytes);
        (await developer.BuildAsync("app/app.vcxproj", ClangCl)).MustSucceed().Report.MustBe(("upToDate", 3));
        (await developer.BuildAsync("app/app.vcxproj", ClangCl, "-t:Clean")).MustSucceed();
        BuildResult warm = (await developer.BuildAsync("app/app.vcxproj", ClangCl)).MustSucceed();

        cold.Report.MustBe(("compiledLocally", 3));
        warm.Report.MustBe(("localHit", 3));
        Assert.HasCount(3, compiled);
        foreach ((string file, byte[] content) in compiled)
        {
            CollectionAssert.AreEqual(content, File.ReadAllBytes(file), file);
        }

        // The DOS and the PE header of a 64-bit program.
        byte[] program = developer.Bytes("app/bin/Release/app.exe");
        int header = BitConverter.ToInt32(program, 0x3c);
        CollectionAssert.AreEqual("MZ"u8.ToArray(), program[..2]);
        CollectionAssert.AreEqual(new byte[] { (byte)'P', (byte)'E', 0, 0, 0x64, 0x86 }, program[header..(header + 6)]);
        Assert.IsTrue(File.Exists(developer.PathOf("lib/bin/Release/lib.lib")));
    }

    [TestMethod]
    public async Task An_agent_compiles_for_one_developer_what_the_next_one_gets()
    {
        await using Agent agent = await Agent.StartAsync(slots: 2);
        using Developer first = await PrepareAsync();
        using Developer second = await PrepareAsync();
        foreach (Developer developer in (Developer[])[first, second])
        {
            developer.Use(agent);
            // Debug information records the checkout's place.
            foreach (string project in (string[])["lib/lib.vcxproj", "app/app.vcxproj"])
            {
                developer.Write(project, developer.Read(project).Replace("OldStyle", "None", StringComparison.Ordinal));
            }
        }

        BuildResult cold = (await first.BuildAsync("app/app.vcxproj", ClangCl, "-p:DistBuildLocalSlots=0")).MustSucceed();
        BuildResult warm = (await second.BuildAsync("app/app.vcxproj", ClangCl, "-p:DistBuildLocalSlots=0")).MustSucceed();

        cold.Report.MustBe(("compiledOnAgent", 3));
        warm.Report.MustBe(("agentHit", 3));
    }

    [TestMethod]
    public async Task A_precompiled_header_is_made_here_once_and_its_users_are_cached_with_its_content()
    {
        using Developer developer = new();
        developer.Write("pch.h", "#pragma once\n#include <string>\n#define VALUE 1\n");
        developer.Write("pch.cpp", "#include \"pch.h\"\n");
        developer.Write("one.cpp", "#include \"pch.h\"\nint one() { return VALUE + (int)std::string(\"a\").size(); }\n");
        developer.Write("two.cpp", "#include \"pch.h\"\nint two() { return VALUE; }\n");
        string project = new VcxProject("one.cpp", "pch.cpp", "two.cpp") { ConfigurationType = "StaticLibrary", Compile = [("PrecompiledHeader", "Use"), ("AdditionalOptions", "/Brepro")] }.ToXml();
        developer.Write("lib.vcxproj", project.Replace("""<ClCompile Include="pch.cpp" />""", """<ClCompile Include="pch.cpp"><PrecompiledHeader>Create</PrecompiledHeader></ClCompile>""", StringComparison.Ordinal));
        await developer.InitializeAsync();

        BuildResult cold = (await developer.BuildAsync("lib.vcxproj", ClangCl)).MustSucceed();
        BuildResult same = (await developer.BuildAsync("lib.vcxproj", ClangCl)).MustSucceed();
        (await developer.BuildAsync("lib.vcxproj", ClangCl, "-t:Clean")).MustSucceed();
        BuildResult warm = (await developer.BuildAsync("lib.vcxproj", ClangCl)).MustSucceed();
        developer.Write("pch.h", "#pragma once\n#include <string>\n#define VALUE 12\n");
        BuildResult changed = (await developer.BuildAsync("lib.vcxproj", ClangCl)).MustSucceed();

        cold.Report.MustBe(("compiledLocally", 2), ("notCacheable", 1));
        same.Report.MustBe(("upToDate", 3));
        warm.Report.MustBe(("localHit", 2), ("notCacheable", 1));
        changed.Report.MustBe(("compiledLocally", 2), ("notCacheable", 1));
    }

    [TestMethod]
    public async Task What_does_not_compile_is_said_in_the_compilers_words()
    {
        using Developer developer = await PrepareAsync();
        developer.Write("app/main.cpp", "int main() { return answer; }\n");

        BuildResult build = (await developer.BuildAsync("app/app.vcxproj", ClangCl)).MustFail();

        Assert.Contains("app/main.cpp(1,21): error", build.Printed);
        Assert.Contains("use of undeclared identifier 'answer'", build.Printed);
    }

    private static async Task<Developer> PrepareAsync()
    {
        Developer developer = new();
        developer.Write("include/forced.h", "#pragma once\n#define FORCED 40\n");
        developer.Write("include/lib.h", "#pragma once\n#ifdef __cplusplus\nextern \"C\"\n#endif\nint plain(void);\nint counted(const char *text);\n");
        developer.Write("more.rsp", "/DFROM_RESPONSE_FILE=2");
        developer.Write("lib/plain.c", "int plain(void) { return FORCED + FROM_RESPONSE_FILE; }\n");
        developer.Write("lib/counted.cpp", "#include <string>\nint counted(const char *text) { return (int)std::string(text).size(); }\n");
        developer.Write("app/main.cpp", "#include <stdexcept>\nextern \"C\" int plain(void);\nint counted(const char *);\nint main() { try { throw std::runtime_error(\"x\"); } catch (const std::exception &) { return plain() + counted(\"ab\"); } }\n");
        new VcxProject("plain.c", "counted.cpp") { ConfigurationType = "StaticLibrary", Compile = Compile }.WriteTo(developer, "lib/lib.vcxproj");
        new VcxProject("main.cpp") { Compile = Compile, AfterItems = """<ItemGroup><ProjectReference Include="..\lib\lib.vcxproj" /></ItemGroup>""" }.WriteTo(developer, "app/app.vcxproj");
        await developer.InitializeAsync();
        return developer;
    }
}
