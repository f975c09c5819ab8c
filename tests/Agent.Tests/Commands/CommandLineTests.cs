namespace DistBuild.Agent.Tests.Commands;

[TestClass]
public sealed class CommandLineTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    [TestMethod]
    [DataRow("no command")]
    [DataRow("unknown command", "frobnicate")]
    [DataRow("unknown option", "init", "--frobnicate")]
    [DataRow("value out of its set", "init", "--vctargets", "sometimes")]
    [DataRow("a group without its command", "store")]
    public async Task A_command_line_that_makes_no_sense_ends_with_2_and_points_to_the_help(string what, params string[] arguments)
    {
        Tool tool = await Tool.RunAsync("/", Nothing, arguments);

        Assert.AreEqual(2, tool.ExitCode, what);
        Assert.Contains("--help", tool.Errors);
        Assert.AreEqual("", tool.Output);
    }

    [TestMethod]
    [DataRow("init")]
    [DataRow("compile")]
    [DataRow("explain")]
    [DataRow("agent", "run")]
    [DataRow("agent", "install")]
    [DataRow("agent", "uninstall")]
    [DataRow("cluster", "new-key")]
    [DataRow("status")]
    [DataRow("store", "stats")]
    [DataRow("store", "verify")]
    [DataRow("store", "trim")]
    [DataRow("store", "clear")]
    [DataRow("doctor")]
    public async Task Every_command_explains_itself_with_an_example(params string[] command)
    {
        Tool tool = await Tool.RunAsync("/", Nothing, [.. command, "--help"]);

        Assert.AreEqual(0, tool.ExitCode);
        Assert.Contains("Usage:", tool.Output);
        Assert.Contains("Examples:\n  distbuild " + string.Join(' ', command), tool.Output);
    }
}
