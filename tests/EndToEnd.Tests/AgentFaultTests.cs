using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests;

/// <summary>Whatever an agent does, the build ends right.</summary>
[TestClass]
[DoNotParallelize]
public sealed class AgentFaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [TestMethod]
    public async Task A_build_survives_the_death_of_its_only_agent()
    {
        await using Agent agent = await Agent.StartAsync(slots: 1);
        using Developer developer = await SlowProgram.CheckOutAsync();
        developer.Use(agent);
        await using StartedBuild build = developer.StartBuild(SlowProgram.Project, "-p:DistBuildLocalSlots=0");
        await build.Program.PrintsAsync($"[1/{SlowProgram.Units}]");

        agent.Kill();

        BuildResult result = (await build.ResultAsync(Patience)).MustSucceed();
        Assert.HasCount(SlowProgram.Units, result.Report.Units);
        Assert.Contains("compiledOnAgent", result.Report.Totals.Keys);
        Assert.Contains("compiledLocally", result.Report.Totals.Keys);
        await SlowProgram.MustRunAsync(developer);
    }

    [TestMethod]
    public async Task The_other_agent_takes_over_what_a_dead_one_left()
    {
        await using Agent dying = await Agent.StartAsync(slots: 1);
        await using Agent living = await Agent.StartAsync(slots: 1);
        using Developer developer = await SlowProgram.CheckOutAsync();
        developer.Use(dying, living);
        await using StartedBuild build = developer.StartBuild(SlowProgram.Project, "-p:DistBuildLocalSlots=0");
        await build.Program.PrintsAsync($"[1/{SlowProgram.Units}]");

        dying.Kill();

        (await build.ResultAsync(Patience)).MustSucceed().Report.MustBe(("compiledOnAgent", SlowProgram.Units));
        await SlowProgram.MustRunAsync(developer);
    }

    [TestMethod]
    public async Task A_build_survives_an_agent_that_freezes()
    {
        await using Agent agent = await Agent.StartAsync(slots: 1);
        using Developer developer = await SlowProgram.CheckOutAsync();
        developer.Use(agent);
        await using StartedBuild build = developer.StartBuild(SlowProgram.Project, "-p:DistBuildLocalSlots=0");
        await build.Program.PrintsAsync($"[1/{SlowProgram.Units}]");

        agent.Freeze();

        BuildResult result = (await build.ResultAsync(Patience)).MustSucceed();
        Assert.Contains("compiledLocally", result.Report.Totals.Keys);
        await SlowProgram.MustRunAsync(developer);
    }

    [TestMethod]
    public async Task An_agent_that_was_frozen_before_the_build_costs_no_more_than_its_silence()
    {
        await using Agent agent = await Agent.StartAsync();
        using Developer developer = await Library.CheckOutAsync();
        developer.Use(agent);
        agent.Freeze();

        (await developer.BuildAsync(Library.Project)).MustSucceed().Report.MustBe(("compiledLocally", Library.Units));
    }

    [TestMethod]
    public async Task Nobody_at_the_address_means_a_local_build_and_no_warning()
    {
        using Developer developer = await Library.CheckOutAsync();
        using GarbageAgent unused = new();
        developer.Environment["DistBuildAgents"] = unused.Address;
        unused.Dispose();

        (await developer.BuildAsync(Library.Project, "-warnaserror")).MustSucceed().Report.MustBe(("compiledLocally", Library.Units));
    }

    [TestMethod]
    public async Task Garbage_in_answer_to_the_question_is_ignored()
    {
        using GarbageAgent liar = new();
        using Developer developer = await Library.CheckOutAsync();
        developer.Environment["DistBuildAgents"] = liar.Address;

        BuildResult build = (await developer.BuildAsync(Library.Project)).MustSucceed();

        build.Report.MustBe(("compiledLocally", Library.Units));
        Assert.IsGreaterThan(0, liar.Questions, "it was asked");
    }

    [TestMethod]
    public async Task An_offer_that_leads_to_garbage_is_survived()
    {
        await using Agent honest = await Agent.StartAsync(listen: "127.0.0.2");
        using GarbageAgent liar = new(offersOf: honest.Address);
        using Developer developer = await Library.CheckOutAsync();
        developer.Environment["DistBuildAgents"] = liar.Address;

        BuildResult build = (await developer.BuildAsync(Library.Project)).MustSucceed();

        build.Report.MustBe(("compiledLocally", Library.Units));
        Assert.IsGreaterThan(0, liar.Connections, "its offer was believed");
    }

    [TestMethod]
    public async Task An_agent_whose_store_is_damaged_is_no_worse_than_an_empty_one()
    {
        await using Agent agent = await Agent.StartAsync(slots: 2);
        using Developer first = await Library.CheckOutAsync();
        using Developer second = await Library.CheckOutAsync();
        first.Use(agent);
        second.Use(agent);
        (await first.BuildAsync(Library.Project, "-p:DistBuildLocalSlots=0")).MustSucceed().Report.MustBe(("compiledOnAgent", Library.Units));

        Damage.FlipAByteOfEveryFile(Path.Combine(agent.Store, "v1"));

        (await second.BuildAsync(Library.Project, "-p:DistBuildLocalSlots=0")).MustSucceed().Report.MustBe(("compiledOnAgent", Library.Units));
        foreach ((string name, byte[] content) in Library.Objects(first))
        {
            CollectionAssert.AreEqual(content, Library.Objects(second)[name], name);
        }
    }

    [TestMethod]
    public async Task A_unit_whose_compiler_no_agent_has_is_compiled_here()
    {
        using Developer developer = await Library.CheckOutAsync();
        string onlyGcc = developer.PathOf("only-gcc");
        Directory.CreateDirectory(onlyGcc);
        foreach (string program in (string[])["g++", "as", "ld"])
        {
            File.CreateSymbolicLink(Path.Combine(onlyGcc, program), Path.Combine("/usr/bin", program));
        }

        await using Agent agent = await Agent.StartAsync(slots: 2, path: onlyGcc);
        developer.Use(agent);

        BuildReport build = (await developer.BuildAsync(Library.Project, "-p:DistBuildLocalSlots=0", "-p:CC=clang-19")).MustSucceed().Report;

        build.MustBe(("compiledLocally", 1), ("compiledOnAgent", Library.Units - 1));
        Assert.AreEqual("plain.c", Path.GetFileName(build.Units.Single(unit => unit.Outcome == "compiledLocally").Source));
    }

    [TestMethod]
    public async Task An_agent_stops_when_it_is_asked_to()
    {
        await using Agent agent = await Agent.StartAsync();

        ProgramResult end = await agent.StopAsync();

        Assert.AreEqual(0, end.ExitCode, end.Printed);
    }
}
