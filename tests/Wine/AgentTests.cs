using DistBuild.Core.Hashing;
using DistBuild.EndToEnd.Tests.Harness;
using DistBuild.Wine.Harness;

namespace DistBuild.Wine;

/// <summary>Windows and Linux in one cluster, each as agent and as build node.</summary>
[TestClass]
public sealed class AgentTests
{
    private static readonly string[] Options = ["/c", "a.cpp", "/Brepro", "/Foa.obj"];
    private static readonly string[] OnWindows = [.. Windows.ClangCl, .. Options];
    private static readonly string[] OnLinux = [.. Windows.LinuxClangCl, .. Options];

    [TestMethod]
    public async Task An_agent_on_Windows_compiles_for_Linux_and_broadcast_finds_it_for_the_next_one()
    {
        using BuildNode windows = Prepare(BuildNode.OnWindows()), first = Prepare(BuildNode.OnLinux()), second = Prepare(BuildNode.OnLinux());
        await windows.CompileAsync(OnWindows);
        await using Agent agent = await Agent.StartOnWindowsAsync();
        foreach (BuildNode node in (BuildNode[])[first, second])
        {
            await node.CompileAsync(OnLinux);
            node.TakeToolchainFor(windows.Toolchain());
        }

        byte[] plain = first.Bytes("a.obj");
        first.Ask(agent);
        second.Discover(agent);
        ReportedUnit compiled = await CompileElsewhereAsync(first, OnLinux);
        ReportedUnit taken = await CompileElsewhereAsync(second, OnLinux);

        Assert.AreEqual(("compiledOnAgent", "agentHit"), (compiled.Outcome, taken.Outcome), $"{compiled}\n{taken}\n{agent.Printed}");
        CollectionAssert.AreEqual(plain, first.Bytes("a.obj"));
        CollectionAssert.AreEqual(plain, second.Bytes("a.obj"));
    }

    [TestMethod]
    public async Task An_agent_on_Linux_compiles_for_Windows_and_the_next_one_there_gets_it()
    {
        await using Agent agent = await Agent.StartOnLinuxAsync();
        using BuildNode first = Prepare(BuildNode.OnWindows()), second = Prepare(BuildNode.OnWindows()), linux = Prepare(BuildNode.OnLinux());
        await linux.CompileAsync(OnLinux);
        Digest toolchain = linux.Toolchain();
        byte[] plain = linux.Bytes("a.obj");
        foreach (BuildNode node in (BuildNode[])[first, second])
        {
            await node.CompileAsync(OnWindows);
            node.TakeToolchainFor(toolchain);
            node.Ask(agent);
        }

        ReportedUnit compiled = await CompileElsewhereAsync(first, OnWindows);
        ReportedUnit taken = await CompileElsewhereAsync(second, OnWindows);

        Assert.AreEqual(("compiledOnAgent", "agentHit"), (compiled.Outcome, taken.Outcome), $"{compiled}\n{taken}\n{agent.Printed}");
        CollectionAssert.AreEqual(plain, first.Bytes("a.obj"));
        CollectionAssert.AreEqual(plain, second.Bytes("a.obj"));
    }

    [TestMethod]
    public async Task Windows_compiles_for_Windows_and_what_does_not_compile_is_said_in_the_compilers_words()
    {
        await using Agent agent = await Agent.StartOnWindowsAsync();
        using BuildNode first = Prepare(BuildNode.OnWindows()), second = Prepare(BuildNode.OnWindows());
        first.Discover(agent);
        second.Discover(agent);

        ReportedUnit compiled = await CompileElsewhereAsync(first, OnWindows);
        ReportedUnit taken = await CompileElsewhereAsync(second, OnWindows);
        byte[] given = second.Bytes("a.obj");
        second.Write("a.cpp", "int value() { return missing; }\n");
        (ProgramResult failed, _) = await second.TryCompileAsync(OnWindows);

        Assert.AreEqual(("compiledOnAgent", "agentHit"), (compiled.Outcome, taken.Outcome), $"{compiled}\n{taken}\n{agent.Printed}");
        CollectionAssert.AreEqual(first.Bytes("a.obj"), given);
        Assert.AreEqual(1, failed.ExitCode, failed.Printed);
        Assert.Contains("a.cpp(1,22): error: use of undeclared identifier 'missing'", failed.Printed);
    }

    [TestMethod]
    public async Task With_a_cluster_key_Windows_proves_itself_to_Linux_and_is_served()
    {
        using BuildNode first = Prepare(BuildNode.OnWindows()), second = Prepare(BuildNode.OnWindows()), linux = Prepare(BuildNode.OnLinux());
        (await linux.ToolAsync("cluster", "new-key", "cluster.key")).MustSucceed();
        await using Agent agent = await Agent.StartOnLinuxAsync(linux.PathOf("cluster.key"));
        await linux.CompileAsync(OnLinux);
        foreach (BuildNode node in (BuildNode[])[first, second])
        {
            await node.CompileAsync(OnWindows);
            node.TakeToolchainFor(linux.Toolchain());
            node.Ask(agent);
            node.Settings["DistBuildClusterKeyFile"] = Windows.PathOf(linux.PathOf("cluster.key"));
        }

        ReportedUnit compiled = await CompileElsewhereAsync(first, OnWindows);
        ReportedUnit taken = await CompileElsewhereAsync(second, OnWindows);

        Assert.AreEqual(("compiledOnAgent", "agentHit"), (compiled.Outcome, taken.Outcome), $"{compiled}\n{taken}\n{agent.Printed}");
        CollectionAssert.AreEqual(linux.Bytes("a.obj"), second.Bytes("a.obj"));
    }

    /// <summary>Real Windows has what .NET reads a key's strength by; bcrypt of wine 8 has not, so what follows the certificate is seen on Linux only.</summary>
    [TestMethod]
    public async Task An_agent_that_cannot_make_its_certificate_says_so_and_does_not_serve()
    {
        using BuildNode node = BuildNode.OnWindows();
        string key = Windows.PathOf(node.PathOf("cluster.key"));
        (await node.ToolAsync("cluster", "new-key", key)).MustSucceed();

        ProgramResult agent = await node.ToolAsync("agent", "run", "--port", "0", "--listen", "127.0.0.1", "--cluster-key-file", key);

        Assert.AreEqual(1, agent.ExitCode, agent.Printed);
        Assert.Contains("distbuild: This agent cannot make the certificate", agent.Printed);
        Assert.DoesNotContain("Unhandled", agent.Printed);
    }

    /// <summary>
    /// In a build that compiles nothing here by itself, for a key that its store does not have. A machine under load may be too late for a build, which then goes on without it; not
    /// five times in a row.
    /// </summary>
    private static async Task<ReportedUnit> CompileElsewhereAsync(BuildNode node, string[] command)
    {
        node.Settings["DistBuildLocalSlots"] = "0";
        ReportedUnit unit;
        int builds = 0;
        do
        {
            (await node.ToolAsync("store", "clear")).MustSucceed();
            node.ForgetFailedAgents();
            unit = await node.CompileAsync(command);
        }
        while (unit.Outcome == "compiledLocally" && ++builds < 5);

        return unit;
    }

    private static BuildNode Prepare(BuildNode node)
    {
        node.Write("a.cpp", "template<int N> struct Sum { static constexpr int value = N + Sum<N - 1>::value; };\ntemplate<> struct Sum<0> { static constexpr int value = 0; };\nint value() { return Sum<100>::value; }\n");
        return node;
    }
}
