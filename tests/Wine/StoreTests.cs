using DistBuild.EndToEnd.Tests.Harness;
using DistBuild.Wine.Harness;

namespace DistBuild.Wine;

/// <summary>The local cache on a file system of Windows.</summary>
[TestClass]
public sealed class StoreTests
{
    private static readonly string[] Options = ["/c", @"src\a.cpp", "/Iinclude", "/Brepro"];
    private static readonly string[] Compile = [.. Windows.ClangCl, .. Options, "/Foa.obj"];

    [TestMethod]
    public async Task A_result_is_kept_and_taken_again_without_preprocessing()
    {
        using BuildNode node = Prepare();

        ReportedUnit cold = await node.CompileAsync(Compile);
        byte[] compiled = node.Bytes("a.obj");
        node.Delete("a.obj");
        ReportedUnit warm = await node.CompileAsync(Compile);
        byte[] taken = node.Bytes("a.obj");
        (await Windows.RunOnLinuxAsync([.. Windows.LinuxClangCl, .. Options.Select(word => word.Replace('\\', '/')), "/Foa.obj"], node.PathOf(""), new Dictionary<string, string>())).MustSucceed();

        Assert.AreEqual(("compiledLocally", "direct"), (cold.Outcome, cold.Keyed));
        Assert.AreEqual(("localHit", "direct"), (warm.Outcome, warm.Keyed));
        CollectionAssert.AreEqual(compiled, taken);
        CollectionAssert.AreEqual(node.Bytes("a.obj"), compiled, "not what the plain compiler makes");
    }

    [TestMethod]
    public async Task A_changed_header_and_one_that_appears_earlier_in_the_search_are_compiled_anew()
    {
        using BuildNode node = Prepare();
        await node.CompileAsync(Compile);
        byte[] first = node.Bytes("a.obj");

        node.Write("include/value.h", "#define VALUE 2\n");
        ReportedUnit changed = await node.CompileAsync(Compile);
        byte[] second = node.Bytes("a.obj");
        node.Write("src/value.h", "#define VALUE 3\n");
        ReportedUnit appeared = await node.CompileAsync(Compile);

        Assert.AreEqual(("compiledLocally", "compiledLocally"), (changed.Outcome, appeared.Outcome));
        CollectionAssert.AreNotEqual(first, second);
        CollectionAssert.AreNotEqual(second, node.Bytes("a.obj"));
    }

    [TestMethod]
    public async Task A_second_process_knows_the_compiler_without_asking_it_again()
    {
        using BuildNode node = Prepare();
        await node.CompileAsync(Compile);

        string remembered = Directory.GetFiles(Path.Combine(node.StoreFolder, "toolchains"), "*.toolchain").Single();
        DateTime written = File.GetLastWriteTimeUtc(remembered);
        await node.CompileAsync(Compile);

        Assert.AreEqual(written, File.GetLastWriteTimeUtc(remembered));
    }

    [TestMethod]
    public async Task A_store_is_the_same_in_any_case_of_its_name()
    {
        using BuildNode node = Prepare();
        await node.CompileAsync(Compile);

        node.Store = node.Store.ToUpperInvariant();
        ReportedUnit warm = await node.CompileAsync(Compile);

        Assert.AreEqual("localHit", warm.Outcome);
    }

    [TestMethod]
    public async Task Many_processes_fill_one_store_at_once()
    {
        using BuildNode node = Prepare();

        ReportedUnit[] units = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => node.CompileAsync([.. Windows.ClangCl, .. Options, $"/Foa{i}.obj"])));
        ProgramResult verified = await node.ToolAsync("store", "verify");

        Assert.IsTrue(units.All(unit => unit.Outcome is "compiledLocally" or "localHit"), string.Join('\n', units.Select(unit => unit.ToString())));
        for (int i = 1; i < units.Length; i++)
        {
            CollectionAssert.AreEqual(node.Bytes("a0.obj"), node.Bytes($"a{i}.obj"));
        }

        verified.MustSucceed();
    }

    [TestMethod]
    public async Task An_entry_that_another_program_holds_is_a_miss_and_the_build_goes_on()
    {
        using BuildNode node = Prepare();
        await node.CompileAsync(Compile);
        byte[] compiled = node.Bytes("a.obj");

        await using RunningProgram holder = await HoldAsync(node, Entries(node));
        node.Delete("a.obj");
        ReportedUnit held = await node.CompileAsync(Compile);
        byte[] made = node.Bytes("a.obj");
        node.Write("release", "");
        await holder.ExitAsync(TimeSpan.FromMinutes(1));
        node.Delete("a.obj");
        ReportedUnit released = await node.CompileAsync(Compile);

        Assert.AreEqual(("compiledLocally", "localHit"), (held.Outcome, released.Outcome));
        CollectionAssert.AreEqual(compiled, made);
    }

    [TestMethod]
    public async Task An_object_that_another_program_holds_for_a_moment_is_replaced()
    {
        using BuildNode node = Prepare();
        await node.CompileAsync(Compile);
        node.Write("include/value.h", "#define VALUE 2\n");
        await node.CompileAsync(Compile);
        byte[] second = node.Bytes("a.obj");
        node.Write("include/value.h", "#define VALUE 1\n");

        await using RunningProgram holder = await HoldAsync(node, [node.PathOf("a.obj")]);
        (ProgramResult refused, _) = await node.TryCompileAsync(Compile);
        byte[] kept = node.Bytes("a.obj");
        node.Write("release", "");
        await holder.ExitAsync(TimeSpan.FromMinutes(1));
        ReportedUnit replaced = await node.CompileAsync(Compile);

        Assert.AreNotEqual(0, refused.ExitCode, "an object that cannot be written must not count as made");
        CollectionAssert.AreEqual(second, kept);
        Assert.AreEqual("localHit", replaced.Outcome);
        CollectionAssert.AreNotEqual(second, node.Bytes("a.obj"));
    }

    [TestMethod]
    public async Task Damage_is_a_miss_and_verify_removes_it()
    {
        using BuildNode node = Prepare();
        await node.CompileAsync(Compile);
        Damage(node);

        ReportedUnit again = await node.CompileAsync(Compile);
        int entries = Damage(node);
        ProgramResult verified = (await node.ToolAsync("store", "verify", "--json")).MustSucceed();

        Assert.AreEqual("compiledLocally", again.Outcome);
        Assert.Contains($"\"removed\":{entries}", verified.Printed.Replace(" ", "", StringComparison.Ordinal));
        Assert.IsEmpty(Entries(node));
    }

    /// <returns>How many entries it damaged.</returns>
    private static int Damage(BuildNode node)
    {
        string[] entries = Entries(node);
        foreach (string entry in entries)
        {
            byte[] bytes = File.ReadAllBytes(entry);
            bytes[^1] ^= 1;
            File.WriteAllBytes(entry, bytes);
        }

        return entries.Length;
    }

    private static async Task<RunningProgram> HoldAsync(BuildNode node, string[] files)
    {
        string[] command = ["hold", Windows.PathOf(node.PathOf("release")), .. files.Select(Windows.PathOf)];
        RunningProgram holder = Windows.Start(command, node.PathOf(""), new Dictionary<string, string>());
        await holder.PrintsAsync("held");
        return holder;
    }

    private static BuildNode Prepare()
    {
        BuildNode node = BuildNode.OnWindows();
        node.Write("src/a.cpp", "#include \"value.h\"\n#include <string>\nint value() { return VALUE + (int)std::string(\"a\").size(); }\n");
        node.Write("include/value.h", "#define VALUE 1\n");
        return node;
    }

    // An entry's file name has fourteen digits (docs/store.md).
    private static string[] Entries(BuildNode node) =>
        [.. Directory.GetFiles(Path.Combine(node.StoreFolder, "v1"), "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file).Length == 14)];
}
