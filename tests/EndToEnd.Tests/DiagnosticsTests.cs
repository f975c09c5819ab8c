using System.Text.RegularExpressions;
using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests;

/// <summary>What the compiler says reaches MSBuild once, with file, line and code, however the unit was compiled.</summary>
[TestClass]
public sealed class DiagnosticsTests
{
    private const string Unused = "int used;\nint unused()\n{\n    int nobody;\n    return 0;\n}\n";

    // How MSBuild prints what was logged as an error or warning with its place.
    private static readonly Regex Warning = new(@"unused\.cpp\(4,9\): warning (?<code>\S+): .*nobody");
    private static readonly Regex Error = new(@"broken\.cpp\(3,10\): error \S*: .*undeclared_name");

    public static IEnumerable<object[]> Places => [[false], [true]];

    [TestMethod]
    [DynamicData(nameof(Places))]
    public async Task An_error_has_its_place_and_fails_the_build(bool onAgent)
    {
        await using Agent? agent = onAgent ? await Agent.StartAsync() : null;
        using Developer developer = await OneUnitAsync("broken.cpp", "int before;\nint broken()\n{ return undeclared_name; }\n", agent);

        BuildResult build = (await BuildAsync(developer, onAgent)).MustFail();

        Assert.HasCount(1, Error.Matches(build.Printed), build.Printed);
        build.Report.MustBe(("failed", 1));
        Assert.IsEmpty(developer.Objects());
    }

    [TestMethod]
    [DynamicData(nameof(Places))]
    public async Task A_warning_is_the_same_from_the_compiler_and_from_every_cache(bool onAgent)
    {
        await using Agent? agent = onAgent ? await Agent.StartAsync() : null;
        using Developer developer = await OneUnitAsync("unused.cpp", Unused, agent);

        BuildResult compiled = (await BuildAsync(developer, onAgent)).MustSucceed();
        (await developer.BuildAsync("unit.vcxproj", "-t:Clean")).MustSucceed();
        BuildResult hit = (await BuildAsync(developer, onAgent)).MustSucceed();

        compiled.Report.MustBe((onAgent ? "compiledOnAgent" : "compiledLocally", 1));
        hit.Report.MustBe(("localHit", 1));
        Assert.HasCount(1, Warning.Matches(compiled.Printed), compiled.Printed);
        Assert.AreEqual("-Wunused-variable", Warning.Match(compiled.Printed).Groups["code"].Value);
        Assert.HasCount(1, Warning.Matches(hit.Printed), hit.Printed);
        Assert.AreEqual(Warning.Match(compiled.Printed).Value, Warning.Match(hit.Printed).Value);
    }

    [TestMethod]
    [DynamicData(nameof(Places))]
    public async Task A_warning_made_an_error_is_printed_once(bool onAgent)
    {
        await using Agent? agent = onAgent ? await Agent.StartAsync() : null;
        using Developer developer = await OneUnitAsync("unused.cpp", Unused, agent, ("TreatWarningAsError", "true"));

        BuildResult build = (await BuildAsync(developer, onAgent)).MustFail();

        build.Report.MustBe(("failed", 1));
        Assert.HasCount(1, Regex.Matches(build.Printed, @"unused\.cpp\(4,9\): error \S+: .*nobody"), build.Printed);
        Assert.HasCount(1, Regex.Matches(build.Printed, "nobody"), build.Printed);
    }

    [TestMethod]
    public async Task The_units_beside_a_failed_one_are_compiled_and_kept()
    {
        using Developer developer = await Library.CheckOutAsync();
        string right = developer.Read("user2.cpp");
        developer.Write("user2.cpp", "this is not C++\n");

        BuildReport failed = (await developer.BuildAsync(Library.Project)).MustFail().Report;
        developer.Write("user2.cpp", right);
        BuildReport repaired = (await developer.BuildAsync(Library.Project)).MustSucceed().Report;

        failed.MustBe(("compiledLocally", Library.Units - 1), ("failed", 1));
        repaired.MustBe(("compiledLocally", 1), ("upToDate", Library.Units - 1));
    }

    [TestMethod]
    public async Task A_compiler_that_is_not_there_is_named_in_one_error()
    {
        using Developer developer = await Library.CheckOutAsync();

        BuildResult build = (await developer.BuildAsync(Library.Project, "-p:CXX=/no/such/compiler", "-clp:NoSummary")).MustFail();

        Assert.Contains("/no/such/compiler", build.Printed);
        Assert.HasCount(1, Regex.Matches(build.Printed, @"\berror\b.*/no/such/compiler"), build.Printed);
    }

    private static async Task<Developer> OneUnitAsync(string source, string text, Agent? agent, params (string Name, string Value)[] compile)
    {
        Developer developer = new();
        developer.Write(source, text);
        new VcxProject(source) { ConfigurationType = "StaticLibrary", Compile = [("AdditionalOptions", "-Wunused-variable"), .. compile] }.WriteTo(developer, "unit.vcxproj");
        await developer.InitializeAsync();
        if (agent is not null)
        {
            developer.Use(agent);
        }

        return developer;
    }

    private static Task<BuildResult> BuildAsync(Developer developer, bool onAgent) =>
        developer.BuildAsync("unit.vcxproj", "-clp:NoSummary", $"-p:DistBuildLocalSlots={(onAgent ? 0 : 1)}");
}
