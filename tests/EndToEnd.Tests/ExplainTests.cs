using System.Text.Json;
using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests;

/// <summary>What the package and the tool tell of a build through MSBuild.</summary>
[TestClass]
public sealed class ExplainTests
{
    [TestMethod]
    public async Task A_changed_header_and_a_changed_setting_are_explained_by_the_project_and_by_the_report()
    {
        using Developer developer = await Library.CheckOutAsync();
        (await developer.BuildAsync(Library.Project)).MustSucceed();
        new Library { Compile = [("PreprocessorDefinitions", "CHANGED=1")] }.WriteTo(developer);
        developer.Write("shared.h", "#pragma once\ninline int shared() { return 43; }\n");
        string report = developer.PathOf("report.json");
        (await developer.BuildAsync(Library.Project, $"-p:DistBuildReport={report}")).MustSucceed();
        File.Copy(report, developer.PathOf("elsewhere.json"));

        ProgramResult project = await developer.RunAsync(Product.Tool, "explain", developer.PathOf(Library.Project), "user1.cpp");
        ProgramResult folder = await developer.RunAsync(Product.Tool, "explain", developer.Folder);
        ProgramResult file = await developer.RunAsync(Product.Tool, "explain", developer.PathOf("elsewhere.json"), "user1.cpp");

        foreach (ProgramResult told in (ProgramResult[])[project, file])
        {
            Assert.AreEqual(0, told.ExitCode, told.Printed);
            Assert.Contains("why it was not up to date: the command changed", told.Printed);
            Assert.Contains("became -DCHANGED=1", told.Printed);
            Assert.Contains("header       shared.h changed", told.Printed);
        }

        Assert.Contains($"{Library.Units} units: {Library.Units} compiled here", folder.Printed);
    }

    [TestMethod]
    public async Task Projects_that_build_at_once_share_one_compilation_database_also_when_nothing_is_to_do()
    {
        using Developer developer = new();
        foreach (string name in (string[])["one", "two", "three"])
        {
            developer.Write($"{name}/{name}.cpp", "#ifndef GIVEN\n#error no macro\n#endif\nint here() { return GIVEN; }\n");
            developer.Write($"{name}/{name}.c", "int there(void) { return 1; }\n");
            new VcxProject($"{name}.cpp", $"{name}.c") { ConfigurationType = "StaticLibrary", Compile = [("PreprocessorDefinitions", "GIVEN=1")] }.WriteTo(developer, $"{name}/{name}.vcxproj");
        }

        developer.Write("all.proj", """
            <Project>
              <ItemGroup><One Include="*/*.vcxproj" /></ItemGroup>
              <Target Name="Restore"><MSBuild Projects="@(One)" Targets="Restore" /></Target>
              <Target Name="Build"><MSBuild Projects="@(One)" BuildInParallel="true" /></Target>
            </Project>
            """);
        await developer.InitializeAsync();
        string database = developer.PathOf("compile_commands.json");
        (await developer.BuildAsync("all.proj", "-t:Build", "-m", $"-p:DistBuildCompileCommands={database}")).MustSucceed();
        File.Delete(database);
        (await developer.BuildAsync("all.proj", "-t:Build", "-m", $"-p:DistBuildCompileCommands={database}")).MustSucceed().Report.MustBe(("upToDate", 6));

        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(database));
        JsonElement[] entries = [.. document.RootElement.EnumerateArray()];
        Assert.HasCount(6, entries);
        foreach (JsonElement entry in entries)
        {
            string[] words = [.. entry.GetProperty("arguments").EnumerateArray().Select(word => word.GetString()!), "-fsyntax-only"];
            await using RunningProgram check = RunningProgram.Start(words[0], words[1..], entry.GetProperty("directory").GetString()!, developer.Environment);
            ProgramResult result = await check.ExitAsync(TimeSpan.FromMinutes(1));
            Assert.AreEqual(0, result.ExitCode, result.Printed);
        }
    }

    [TestMethod]
    public async Task A_percentage_that_is_none_is_named()
    {
        using Developer developer = await Library.CheckOutAsync();

        BuildResult build = (await developer.BuildAsync(Library.Project, "-p:DistBuildVerify=150")).MustFail();

        Assert.Contains("error DB3003: DistBuildVerify: '150' cannot be used; give a percentage from 0 to 100.", build.Printed);
    }

    [TestMethod]
    public async Task Verified_hits_are_right_and_stay_hits()
    {
        using Developer developer = await Library.CheckOutAsync();
        (await developer.BuildAsync(Library.Project)).MustSucceed();
        (await developer.BuildAsync(Library.Project, "-t:Clean")).MustSucceed();

        BuildResult audited = (await developer.BuildAsync(Library.Project, "-p:DistBuildVerify=100")).MustSucceed();

        audited.Report.MustBe(("localHit", Library.Units));
        Assert.DoesNotContain("DB1006", audited.Printed);
    }
}
