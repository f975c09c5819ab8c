using DistBuild.Agent.Commands;

namespace DistBuild.Agent.Tests.Commands;

[TestClass]
public sealed class AgentServiceTests
{
    [TestMethod]
    public void Paths_for_a_service_are_full_however_they_are_given()
    {
        CommandContext context = new(TextWriter.Null, TextWriter.Null, IsTerminal: false, "/here", _ => null);

        string[] words = [.. AgentServiceCommand.FullPaths(context, ["--store", "a b", "--work=w", "--log-file", "/there/log", "--port", "store", "--listen=10.0.0.1"])];

        CollectionAssert.AreEqual((string[])["--store", "/here/a b", "--work=/here/w", "--log-file", "/there/log", "--port", "store", "--listen=10.0.0.1"], words);
    }

    [TestMethod]
    [DataRow(2, "'many' cannot be used", "install", "--", "--slots", "many", DisplayName = "an option that run refuses")]
    [DataRow(1, "this is for Windows", "install", DisplayName = "install")]
    [DataRow(1, "this is for Windows", "uninstall", DisplayName = "uninstall")]
    [DataRow(2, "--as-service is for Windows' service manager", "run", "--as-service", DisplayName = "run")]
    public async Task A_service_of_Windows_is_refused_elsewhere_with_the_reason(int exitCode, string reason, params string[] arguments)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("What Windows does is seen by tests/Wine.");
        }

        Tool tool = await Tool.RunAsync("/", new Dictionary<string, string>(), ["agent", .. arguments]);

        Assert.AreEqual(exitCode, tool.ExitCode, tool.Errors);
        Assert.Contains(reason, tool.Errors);
    }
}
