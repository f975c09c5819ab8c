using DistBuild.Core.Processes;
using DistBuild.Tasks.Toolsets;

namespace DistBuild.Tasks.Tests.Toolsets;

[TestClass]
public sealed class WindowsArgumentsTests
{
    // The examples of Microsoft's "Parsing C command-line arguments", and what projects write.
    [TestMethod]
    [DataRow("\"a b c\" d e", "a b c|d|e")]
    [DataRow("\"ab\\\"c\" \"\\\\\" d", "ab\"c|\\|d")]
    [DataRow("a\\\\\\b d\"e f\"g h", "a\\\\\\b|de fg|h")]
    [DataRow("a\\\\\\\"b c d", "a\\\"b|c|d")]
    [DataRow("a\\\\\\\\\"b c\" d e", "a\\\\b c|d|e")]
    [DataRow("\"a\"\"b\" c", "a\"b|c")]
    [DataRow("  /utf-8\r\n\t/W4 ", "/utf-8|/W4")]
    [DataRow("\"never closed", "never closed")]
    [DataRow("\"\"", "")]
    public void A_line_is_split_as_cl_splits_it(string line, string arguments) =>
        Assert.AreEqual(arguments, string.Join("|", WindowsArguments.Split(line)));

    [TestMethod]
    public void A_blank_line_has_no_arguments() => Assert.IsEmpty(WindowsArguments.Split(" \t "));

    [TestMethod]
    [DataRow("say \"hi\" \\")]
    [DataRow("a\\\\\"b")]
    [DataRow("")]
    public void What_was_joined_is_split_again(string argument) =>
        CollectionAssert.AreEqual(new[] { argument, "next" }, WindowsArguments.Split(CommandLine.Join([argument, "next"])).ToArray());
}
