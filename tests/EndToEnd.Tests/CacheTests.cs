using System.Text;
using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests;

/// <summary>Cold is n misses, warm is n hits, alone and with agents.</summary>
[TestClass]
public sealed class CacheTests
{
    [TestMethod]
    public async Task Alone_it_is_a_local_cache()
    {
        using Developer developer = await Library.CheckOutAsync();

        (await developer.BuildAsync(Library.Project)).MustSucceed().Report.MustBe(("compiledLocally", Library.Units));
        Dictionary<string, byte[]> compiled = Library.Objects(developer);
        (await developer.BuildAsync(Library.Project)).MustSucceed().Report.MustBe(("upToDate", Library.Units));
        (await developer.BuildAsync(Library.Project, "-t:Clean")).MustSucceed();
        Assert.IsEmpty(developer.Objects(), "Clean removed the objects");
        (await developer.BuildAsync(Library.Project)).MustSucceed().Report.MustBe(("localHit", Library.Units));

        AssertSame(compiled, Library.Objects(developer));
    }

    [TestMethod]
    public async Task A_second_checkout_of_the_same_developer_hits_the_local_store()
    {
        using Developer first = await Library.CheckOutAsync();
        using Developer second = await Library.CheckOutAsync();
        second.Environment["DistBuildStore"] = first.Store;

        (await first.BuildAsync(Library.Project)).MustSucceed().Report.MustBe(("compiledLocally", Library.Units));
        (await second.BuildAsync(Library.Project)).MustSucceed().Report.MustBe(("localHit", Library.Units));

        AssertSame(Library.Objects(first), Library.Objects(second));
    }

    [TestMethod]
    [DataRow("gcc", "g++")]
    [DataRow("clang-19", "clang++-19")]
    public async Task The_second_developer_gets_what_agents_compiled_for_the_first(string c, string cxx)
    {
        await using Agent one = await Agent.StartAsync(slots: 2);
        await using Agent two = await Agent.StartAsync(slots: 2);
        using Developer first = await Library.CheckOutAsync();
        using Developer second = await Library.CheckOutAsync();
        foreach (Developer developer in (Developer[])[first, second])
        {
            developer.Use(one, two);
            developer.Environment["CC"] = c;
            developer.Environment["CXX"] = cxx;
        }

        BuildReport cold = (await first.BuildAsync(Library.Project, "-p:DistBuildLocalSlots=0")).MustSucceed().Report;
        BuildReport warm = (await second.BuildAsync(Library.Project, "-p:DistBuildLocalSlots=0")).MustSucceed().Report;
        (await second.BuildAsync(Library.Project, "-t:Clean")).MustSucceed();
        BuildReport own = (await second.BuildAsync(Library.Project)).MustSucceed().Report;

        cold.MustBe(("compiledOnAgent", Library.Units));
        warm.MustBe(("agentHit", Library.Units));
        own.MustBe(("localHit", Library.Units));
        Assert.IsEmpty(warm.Units.Where(unit => string.IsNullOrEmpty(unit.Agent)), "every hit names its agent");
        AssertSame(Library.Objects(first), Library.Objects(second));
    }

    [TestMethod]
    public async Task What_a_developer_compiled_is_served_by_the_agent_that_shares_their_store()
    {
        using Developer first = await Library.CheckOutAsync();
        (await first.BuildAsync(Library.Project)).MustSucceed().Report.MustBe(("compiledLocally", Library.Units));
        await using Agent agent = await Agent.StartAsync(store: first.Store);
        using Developer second = await Library.CheckOutAsync();
        second.Use(agent);

        (await second.BuildAsync(Library.Project)).MustSucceed().Report.MustBe(("agentHit", Library.Units));
    }

    [TestMethod]
    public async Task Agents_and_developers_with_the_cluster_key_work_together_and_others_are_not_answered()
    {
        using Developer member = await Library.CheckOutAsync();
        using Developer stranger = await Library.CheckOutAsync();
        string key = member.PathOf("cluster.key");
        (await member.RunAsync(Product.Tool, "cluster", "new-key", key)).MustSucceed();
        await using Agent agent = await Agent.StartAsync(slots: 2, clusterKeyFile: key);
        member.Use(agent);
        stranger.Use(agent);
        stranger.Environment.Remove("DistBuildClusterKeyFile");

        (await member.BuildAsync(Library.Project, "-p:DistBuildLocalSlots=0")).MustSucceed().Report.MustBe(("compiledOnAgent", Library.Units));
        (await stranger.BuildAsync(Library.Project, "-p:DistBuildLocalSlots=0")).MustSucceed().Report.MustBe(("compiledLocally", Library.Units));
    }

    [TestMethod]
    public async Task A_changed_header_recompiles_exactly_its_users()
    {
        using Developer developer = await Library.CheckOutAsync();
        (await developer.BuildAsync(Library.Project)).MustSucceed();

        developer.Write("shared.h", "#pragma once\ninline int shared() { return 43; }\n");
        BuildReport changed = (await developer.BuildAsync(Library.Project)).MustSucceed().Report;

        changed.MustBe(("compiledLocally", 2), ("upToDate", Library.Units - 2));
        CollectionAssert.AreEquivalent(
            (string[])["user1.cpp", "user2.cpp"],
            changed.Units.Where(unit => unit.Outcome == "compiledLocally").Select(unit => Path.GetFileName(unit.Source)).ToArray());
    }

    [TestMethod]
    public async Task A_header_changed_back_costs_no_compile()
    {
        using Developer developer = await Library.CheckOutAsync();
        string before = developer.Read("shared.h");
        (await developer.BuildAsync(Library.Project)).MustSucceed();
        developer.Write("shared.h", "#pragma once\ninline int shared() { return 43; }\n");
        (await developer.BuildAsync(Library.Project)).MustSucceed();

        developer.Write("shared.h", before);

        (await developer.BuildAsync(Library.Project)).MustSucceed().Report.MustBe(("localHit", 2), ("upToDate", Library.Units - 2));
    }

    [TestMethod]
    public async Task A_changed_option_recompiles_what_it_changes()
    {
        using Developer developer = await Library.CheckOutAsync();
        (await developer.BuildAsync(Library.Project)).MustSucceed();

        new Library { Compile = [("PreprocessorDefinitions", "CHANGED=1")] }.WriteTo(developer);

        (await developer.BuildAsync(Library.Project)).MustSucceed().Report.MustBe(("compiledLocally", Library.Units));
    }

    [TestMethod]
    public async Task Clang_and_gcc_do_not_share_objects()
    {
        using Developer developer = await Library.CheckOutAsync();
        (await developer.BuildAsync(Library.Project)).MustSucceed().Report.MustBe(("compiledLocally", Library.Units));

        (await developer.BuildAsync(Library.Project, "-p:CC=clang-19", "-p:CXX=clang++-19")).MustSucceed().Report.MustBe(("compiledLocally", Library.Units));
        Assert.Contains("clang version 19", Latin(Library.Objects(developer)["user1"]));
        (await developer.BuildAsync(Library.Project)).MustSucceed().Report.MustBe(("localHit", Library.Units));
        Assert.Contains("GCC: ", Latin(Library.Objects(developer)["user1"]));
    }

    private static string Latin(byte[] content) => Encoding.Latin1.GetString(content);

    private static void AssertSame(Dictionary<string, byte[]> expected, Dictionary<string, byte[]> actual)
    {
        Assert.HasCount(Library.Units, actual);
        foreach ((string name, byte[] content) in expected)
        {
            CollectionAssert.AreEqual(content, actual[name], name);
        }
    }
}
