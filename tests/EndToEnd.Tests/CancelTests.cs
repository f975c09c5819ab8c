using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests;

[TestClass]
[DoNotParallelize]
public sealed class CancelTests
{
    [TestMethod]
    public async Task Ctrl_C_ends_the_build_with_its_compilers_and_leaves_only_whole_objects()
    {
        using Developer developer = await SlowProgram.CheckOutAsync();
        await using StartedBuild build = developer.StartBuild(SlowProgram.Project, "-p:DistBuildLocalSlots=2");
        await build.Program.PrintsAsync($"[1/{SlowProgram.Units}]");

        build.Program.Signal("INT");

        ProgramResult cancelled = await build.Program.ExitAsync(TimeSpan.FromSeconds(20));
        Assert.AreNotEqual(0, cancelled.ExitCode, cancelled.Printed);
        Assert.IsEmpty(ProgramsBelow(developer.Folder));
        Dictionary<string, byte[]> left = developer.Objects().ToDictionary(file => file, File.ReadAllBytes);
        Assert.IsLessThan(SlowProgram.Units, left.Count, "it was cancelled before its end");
        Assert.IsEmpty(Directory.EnumerateFiles(developer.Folder, "*.tmp*", SearchOption.AllDirectories));

        BuildResult complete = (await developer.BuildAsync(SlowProgram.Project)).MustSucceed();

        Assert.HasCount(SlowProgram.Units, complete.Report.Units);
        foreach ((string file, byte[] content) in left)
        {
            CollectionAssert.AreEqual(content, File.ReadAllBytes(file), file);
        }

        await SlowProgram.MustRunAsync(developer);
    }

    [TestMethod]
    public async Task Ctrl_C_frees_the_slots_of_the_agent()
    {
        await using Agent agent = await Agent.StartAsync(slots: 1);
        using Developer impatient = await SlowProgram.CheckOutAsync();
        using Developer next = await Library.CheckOutAsync();
        impatient.Use(agent);
        next.Use(agent);
        await using StartedBuild build = impatient.StartBuild(SlowProgram.Project, "-p:DistBuildLocalSlots=0");
        await build.Program.PrintsAsync($"[1/{SlowProgram.Units}]");

        build.Program.Signal("INT");
        await build.Program.ExitAsync(TimeSpan.FromSeconds(20));

        (await next.BuildAsync(Library.Project, "-p:DistBuildLocalSlots=0")).MustSucceed().Report.MustBe(("compiledOnAgent", Library.Units));
    }

    /// <summary>Command lines of the processes that work in a folder.</summary>
    private static string[] ProgramsBelow(string folder)
    {
        List<string> found = [];
        foreach (string process in Directory.EnumerateDirectories("/proc").Where(name => char.IsAsciiDigit(Path.GetFileName(name)[0])))
        {
            try
            {
                string? place = File.ResolveLinkTarget(Path.Combine(process, "cwd"), returnFinalTarget: false)?.FullName;
                if (place?.StartsWith(folder, StringComparison.Ordinal) == true)
                {
                    found.Add(File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' '));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile.
            }
        }

        return [.. found];
    }
}
