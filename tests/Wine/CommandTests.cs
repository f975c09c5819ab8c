using System.Text.Json;
using DistBuild.EndToEnd.Tests.Harness;
using DistBuild.Wine.Harness;

namespace DistBuild.Wine;

/// <summary>The commands of the tool, as a person on Windows gives them.</summary>
[TestClass]
public sealed class CommandTests
{
    [TestMethod]
    public async Task The_store_is_counted_trimmed_and_cleared()
    {
        using BuildNode node = BuildNode.OnWindows();
        node.Write("a.cpp", "int a;\n");
        await node.CompileAsync([.. Windows.ClangCl, "/c", "a.cpp"]);

        ProgramResult stats = await node.ToolAsync("store", "stats", "--json");
        ProgramResult trimmed = await node.ToolAsync("store", "trim", "--store-size", "1K", "--json");
        ProgramResult cleared = await node.ToolAsync("store", "clear", "--json");
        ProgramResult after = await node.ToolAsync("store", "stats", "--json");

        Assert.IsGreaterThan(0, Number(stats, "entries"));
        Assert.IsLessThanOrEqualTo(1024, Number(trimmed, "bytes"));
        Assert.AreEqual(0, cleared.ExitCode, cleared.Printed);
        Assert.AreEqual(0, Number(after, "entries"));
    }

    [TestMethod]
    public async Task Doctor_finds_the_compiler_and_the_store()
    {
        using BuildNode node = BuildNode.OnWindows();

        ProgramResult doctor = await node.ToolAsync("doctor");

        Assert.AreEqual(0, doctor.ExitCode, doctor.Printed);
        Assert.Contains("clang-cl 19", doctor.Printed);
        Assert.Contains($"good    store: {node.Store}", doctor.Printed);
    }

    [TestMethod]
    public async Task Status_says_that_nobody_answers()
    {
        using BuildNode node = BuildNode.OnWindows();

        ProgramResult status = await node.ToolAsync("status", "--discovery", "off");

        Assert.AreEqual(0, status.ExitCode, status.Printed);
        Assert.Contains("No agent answers", status.Printed);
    }

    private static long Number(ProgramResult result, string name)
    {
        using JsonDocument document = JsonDocument.Parse(result.MustSucceed().Printed);
        return document.RootElement.GetProperty(name).GetInt64();
    }
}
