using System.Text.RegularExpressions;
using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests;

/// <summary>Whatever happened to the store, the build passes.</summary>
[TestClass]
[DoNotParallelize]
public sealed partial class StoreFaultTests
{
    [TestMethod]
    [DataRow("flipped")]
    [DataRow("cut")]
    [DataRow("emptied")]
    public async Task Damage_is_a_miss_and_heals(string damage)
    {
        using Developer developer = await Library.CheckOutAsync();
        (await developer.BuildAsync(Library.Project)).MustSucceed().Report.MustBe(("compiledLocally", Library.Units));
        Dictionary<string, byte[]> compiled = Library.Objects(developer);
        (await developer.BuildAsync(Library.Project, "-t:Clean")).MustSucceed();

        Action<string> damaged = damage switch { "flipped" => Damage.FlipAByteOfEveryFile, "cut" => Damage.CutEveryFile, _ => Damage.EmptyEveryFile };
        damaged(Path.Combine(developer.Store, "v1"));

        (await developer.BuildAsync(Library.Project)).MustSucceed().Report.MustBe(("compiledLocally", Library.Units));
        (await developer.BuildAsync(Library.Project, "-t:Clean")).MustSucceed();
        (await developer.BuildAsync(Library.Project)).MustSucceed().Report.MustBe(("localHit", Library.Units));
        foreach ((string name, byte[] content) in Library.Objects(developer))
        {
            CollectionAssert.AreEqual(compiled[name], content, name);
        }
    }

    [TestMethod]
    public async Task A_store_that_cannot_be_used_costs_one_warning()
    {
        using Developer developer = await Library.CheckOutAsync();
        developer.Write("a-file", "not a folder");
        developer.Environment["DistBuildStore"] = developer.PathOf("a-file/store");

        BuildResult build = (await developer.BuildAsync(Library.Project, "-clp:NoSummary")).MustSucceed();

        build.Report.MustBe(("compiledLocally", Library.Units));
        Assert.HasCount(1, Warnings().Matches(build.Printed), build.Printed);
        Assert.Contains(developer.PathOf("a-file"), build.Printed);
    }

    [TestMethod]
    public async Task A_store_on_a_read_only_file_system_still_serves_and_costs_one_warning()
    {
        using Developer developer = await Library.CheckOutAsync();
        (await developer.BuildAsync(Library.Project)).MustSucceed();
        (await developer.BuildAsync(Library.Project, "-t:Clean")).MustSucceed();
        developer.Write("loner.cpp", "int loner() { return 1; }\n");
        await using ReadOnlyFolder? store = await ReadOnlyFolder.TryMakeAsync(developer.Store);
        if (store is null)
        {
            Assert.Inconclusive("A read-only mount needs root.");
        }

        BuildResult build = (await developer.BuildAsync(Library.Project, "-clp:NoSummary")).MustSucceed();

        build.Report.MustBe(("compiledLocally", 1), ("localHit", Library.Units - 1));
        Assert.HasCount(1, Warnings().Matches(build.Printed), build.Printed);
    }

    [GeneratedRegex(@"\bwarning\b")]
    private static partial Regex Warnings();
}
