using DistBuild.Core.Client;
using DistBuild.Core.Hashing;
using DistBuild.Core.Store;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Records;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Hosting;

/// <summary>DistBuildVerify against a real agent whose store is wrong although nothing in it is damaged.</summary>
[TestClass]
public sealed class AuditTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task A_wrong_object_from_an_agent_is_not_delivered_and_the_agent_is_named()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(_folder);
        Assert.IsTrue(FileIdentity.TryRead(_folder.Write("src/a.cpp", "int answer() { return 42; }"), out FileIdentity written));
        SpinWait.SpinUntil(() => written.SettledBefore(FileIdentity.Now()));
        Listener listener = new();
        UnitResult first = await BuildAsync(new BuildOptions { Store = agent.Store, Broadcast = false }, new Listener());
        byte[] right = File.ReadAllBytes(_folder["src/a.o"]), wrong = [.. right];
        wrong[^1] ^= 1;
        ObjectStore.Open(agent.Store, 1 << 30).TryAdd(first.Key!.Value, new CompiledResult(wrong, default, default), "anna@box");
        BuildOptions client = agent.Options with { Verify = 100 };

        UnitResult audited = await BuildAsync(client, listener);
        UnitResult next = await BuildAsync(client, listener);

        Assert.AreEqual((UnitOutcome.CompiledLocally, (bool?)false), (audited.Outcome, audited.Verified), audited.Reason);
        string warning = listener.Reported.Single();
        Assert.Contains($"{Digest.Of(wrong)} was kept, {Digest.Of(right)} is made now", warning);
        Assert.Contains($"It was made by {Environment.MachineName}", warning);
        Assert.AreEqual((UnitOutcome.LocalHit, (bool?)true), (next.Outcome, next.Verified), "what was made here protects from the agent's");
        CollectionAssert.AreEqual(right, File.ReadAllBytes(_folder["src/a.o"]));
    }

    [TestMethod]
    public async Task A_right_object_from_an_agent_stays_its_hit()
    {
        await using RunningAgent agent = await RunningAgent.StartAsync(_folder);
        Assert.IsTrue(FileIdentity.TryRead(_folder.Write("src/a.cpp", "int answer() { return 42; }"), out FileIdentity written));
        SpinWait.SpinUntil(() => written.SettledBefore(FileIdentity.Now()));
        await BuildAsync(new BuildOptions { Store = agent.Store, Broadcast = false }, new Listener());
        Listener listener = new();

        UnitResult audited = await BuildAsync(agent.Options with { Verify = 100 }, listener);

        Assert.AreEqual((UnitOutcome.AgentHit, (bool?)true), (audited.Outcome, audited.Verified), audited.Reason);
        Assert.IsNotNull(audited.Agent);
        Assert.IsEmpty(listener.Reported);
        Assert.IsNotNull(ObjectStore.Open(_folder["client"], 1 << 30).TryGet(audited.Key!.Value), "and is kept here for the next time");
    }

    private async Task<UnitResult> BuildAsync(BuildOptions options, Listener listener)
    {
        File.Delete(_folder["src/a.o"]);
        CompileCommand command = new("g++", ["-c", "a.cpp", "-o", "a.o"], _folder["src"], RunningAgent.Environment());
        await using BuildSession session = new(options, TimeProvider.System);
        UnitCompiler compiler = new(session, BuildRecords.Load(_folder["none.records"]), listener, 1);
        return (await compiler.CompileAsync([new TranslationUnit("a.cpp", _folder["src/a.cpp"], _folder["src/a.o"], command)], CancellationToken.None)).Single();
    }

    private sealed class Listener : IBuildObserver
    {
        public List<string> Reported { get; } = [];

        public void Finished(UnitResult result, int finished, int total)
        {
        }

        public void Report(Diagnostic diagnostic, params object[] values) => Reported.Add($"{diagnostic.Code} {diagnostic.Format(values)}");
    }
}
