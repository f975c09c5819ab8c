using System.Text.Json;
using DistBuild.EndToEnd.Tests.Harness;
using DistBuild.Wine.Harness;

namespace DistBuild.Wine;

/// <summary>The agent as a service of Windows.</summary>
[TestClass]
public sealed class ServiceTests
{
    [TestMethod]
    public async Task The_service_is_installed_started_asked_stopped_and_removed()
    {
        using BuildNode node = BuildNode.OnWindows();
        string ready = node.PathOf("ready"), log = node.PathOf("agent.log");
        try
        {
            (await node.ToolAsync(
                "agent", "install", "--", "--port", "0", "--slots", "1", "--dedicated", "--store", node.Store, "--work=work folder", "--ready-file", "ready", "--log-file", "agent.log")).MustSucceed();
            ProgramResult twice = await node.ToolAsync("agent", "install");
            (await Windows.RunAsync("net", "start", "DistBuild")).MustSucceed();
            string address = await ReadyAsync(ready, log);
            ProgramResult asked = (await node.ToolAsync("status", "--json", "--discovery", "off", "--agents", address)).MustSucceed();
            (await Windows.RunAsync("net", "stop", "DistBuild")).MustSucceed();
            await GoneAsync(ready);

            Assert.AreEqual(1, twice.ExitCode, twice.Printed);
            Assert.Contains("there is a service DistBuild already", twice.Printed);
            Assert.Contains(address, asked.Printed);
            Assert.Contains("Serving on " + address, await File.ReadAllTextAsync(log));
            Assert.IsTrue(Directory.Exists(node.PathOf("work folder")), "the path that the option joined to itself was not the one here");
        }
        finally
        {
            (await node.ToolAsync("agent", "uninstall")).MustSucceed();
        }

        ProgramResult again = await node.ToolAsync("agent", "uninstall");
        Assert.AreEqual(1, again.ExitCode, again.Printed);
        Assert.Contains("there is no service DistBuild", again.Printed);
    }

    [TestMethod]
    public async Task A_running_service_is_stopped_before_it_is_removed()
    {
        using BuildNode node = BuildNode.OnWindows();
        string ready = node.PathOf("ready");
        (await node.ToolAsync("agent", "install", "--", "--port", "0", "--store", node.Store, "--work", "work", "--ready-file", "ready", "--log-file", "agent.log")).MustSucceed();
        (await Windows.RunAsync("net", "start", "DistBuild")).MustSucceed();
        await ReadyAsync(ready, node.PathOf("agent.log"));

        (await node.ToolAsync("agent", "uninstall")).MustSucceed();

        Assert.IsFalse(File.Exists(ready), "the agent still serves");
    }

    [TestMethod]
    public async Task A_service_whose_agent_cannot_start_stops_and_its_log_says_why()
    {
        using BuildNode node = BuildNode.OnWindows();
        (await node.ToolAsync("agent", "install", "--", "--cluster-key-file", "no.key", "--store", node.Store, "--work", "work", "--log-file", "agent.log")).MustSucceed();
        try
        {
            // wine says so as soon as the process is there, Windows when it serves.
            await Windows.RunAsync("net", "start", "DistBuild");

            Assert.Contains("no.key", await SaidAsync(node.PathOf("agent.log")));
        }
        finally
        {
            (await node.ToolAsync("agent", "uninstall")).MustSucceed();
        }
    }

    [TestMethod]
    public async Task Options_that_run_does_not_know_are_refused_before_a_service_is_made()
    {
        using BuildNode node = BuildNode.OnWindows();

        ProgramResult installed = await node.ToolAsync("agent", "install", "--", "--slots", "many");
        ProgramResult removed = await node.ToolAsync("agent", "uninstall");

        Assert.AreEqual(2, installed.ExitCode, installed.Printed);
        Assert.Contains("'many' cannot be used", installed.Printed);
        Assert.AreEqual(1, removed.ExitCode, removed.Printed);
    }

    [TestMethod]
    public async Task Started_by_hand_a_service_says_who_should_start_it()
    {
        using BuildNode node = BuildNode.OnWindows();

        ProgramResult run = await node.ToolAsync("agent", "run", "--as-service");

        Assert.AreEqual(1, run.ExitCode, run.Printed);
        Assert.Contains("--as-service is for Windows' service manager", run.Printed);
    }

    private static async Task<string> ReadyAsync(string file, string log)
    {
        for (DateTime deadline = DateTime.UtcNow.AddSeconds(90); DateTime.UtcNow < deadline; await Task.Delay(50))
        {
            if (File.Exists(file))
            {
                using JsonDocument ready = JsonDocument.Parse(await File.ReadAllTextAsync(file));
                return ready.RootElement.GetProperty("endpoint").GetString()!;
            }
        }

        throw new TimeoutException($"The service does not serve:\n{(File.Exists(log) ? await File.ReadAllTextAsync(log) : "no log")}");
    }

    private static async Task<string> SaidAsync(string log)
    {
        string said = "";
        for (DateTime deadline = DateTime.UtcNow.AddSeconds(60); said.Length == 0 && DateTime.UtcNow < deadline; await Task.Delay(50))
        {
            said = File.Exists(log) ? await File.ReadAllTextAsync(log) : "";
        }

        return said;
    }

    private static async Task GoneAsync(string file)
    {
        for (DateTime deadline = DateTime.UtcNow.AddSeconds(60); File.Exists(file); await Task.Delay(50))
        {
            Assert.IsLessThan(deadline, DateTime.UtcNow, "the agent still serves");
        }
    }
}
