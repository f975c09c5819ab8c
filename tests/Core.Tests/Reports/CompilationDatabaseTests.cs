using System.Text.Json;
using DistBuild.Core.Processes;
using DistBuild.Core.Tests.Client;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Reports;

namespace DistBuild.Core.Tests.Reports;

[TestClass]
public sealed class CompilationDatabaseTests : IDisposable
{
    private readonly Workshop _shop = new();

    private string Database => _shop.PathOf("out/compile_commands.json");

    public void Dispose() => _shop.Dispose();

    [TestMethod]
    public async Task Each_command_does_in_its_folder_what_it_says()
    {
        Source("a b.cpp", "#include \"inc/h.h\"\nint a = VALUE;");
        Source("ü.cpp", "#ifndef QUOTED\n#error no macro\n#endif\nconst char *text = QUOTED;");
        Source("inc/h.h", "");
        await MergeAsync("one", [Unit("a b.cpp", "-DVALUE=1"), Unit("ü.cpp", "-DQUOTED=\"a \\\"b\\\" $HOME\"")]);

        foreach (JsonElement entry in Entries())
        {
            string[] arguments = [.. entry.GetProperty("arguments").EnumerateArray().Select(argument => argument.GetString()!)];
            ProcessResult run = await ProcessRunner.RunAsync(
                new ProcessRequest(arguments[0], [.. arguments[1..], "-fsyntax-only"], entry.GetProperty("directory").GetString()!, _shop.Environment), CancellationToken.None);
            Assert.AreEqual(0, run.ExitCode, string.Join(' ', arguments));
            CollectionAssert.AreEqual(
                (string[])["directory", "file", "arguments", "output"], entry.EnumerateObject().Select(field => field.Name).ToArray(), "LLVM refuses any other field");
            Assert.IsTrue(File.Exists(entry.GetProperty("file").GetString()));
            Assert.EndsWith(".o", entry.GetProperty("output").GetString());
        }

        Assert.HasCount(2, Entries());
    }

    [TestMethod]
    public async Task A_unit_with_a_line_to_show_has_that_line_and_its_words()
    {
        Source("a.cpp", "");
        TranslationUnit unit = Unit("a.cpp", "-DVALUE=1") with { Shown = new ShownCommand("cl.exe /D \"X=\\\"1\\\"\" a.cpp", ["cl.exe", "/D", "X=\"1\"", "a.cpp"]) };

        await MergeAsync("one", [unit]);
        await MergeAsync("two", []);

        JsonElement entry = Entries().Single();
        Assert.AreEqual("cl.exe /D \"X=\\\"1\\\"\" a.cpp", entry.GetProperty("command").GetString());
        CollectionAssert.AreEqual((string[])["cl.exe", "/D", "X=\"1\"", "a.cpp"], entry.GetProperty("arguments").EnumerateArray().Select(word => word.GetString()).ToArray());
        Assert.AreEqual(unit.Object, entry.GetProperty("output").GetString());
    }

    [TestMethod]
    public async Task Projects_that_write_at_once_all_have_their_entries_and_a_reader_never_sees_half_a_file()
    {
        using CancellationTokenSource done = new();
        Task reader = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                if (File.Exists(Database))
                {
                    JsonDocument.Parse(File.ReadAllBytes(Database)).Dispose();
                }

                await Task.Yield();
            }
        });
        TranslationUnit[][] projects = [.. Enumerable.Range(0, 8).Select(project => Enumerable.Range(0, 25).Select(unit => Project(project, unit)).ToArray())];

        await Task.WhenAll(projects.Select((units, number) => Task.Run(() => MergeAsync($"project {number}", units))));

        await done.CancelAsync();
        await reader;
        CollectionAssert.AreEquivalent(
            projects.SelectMany(units => units).Select(unit => unit.Object).ToArray(), Entries().Select(entry => entry.GetProperty("output").GetString()).ToArray());

        TranslationUnit Project(int project, int unit)
        {
            string name = $"{project}/{unit}.cpp";
            Source(name, "");
            return Unit(name);
        }
    }

    [TestMethod]
    public async Task What_left_a_project_leaves_the_file_and_other_projects_keep_theirs()
    {
        Source("a.cpp", "");
        Source("b.cpp", "");
        Source("other.cpp", "");
        await MergeAsync("one", [Unit("a.cpp"), Unit("b.cpp")]);
        await MergeAsync("two", [Unit("other.cpp")]);

        await MergeAsync("one", [Unit("b.cpp", "-DNEW")]);

        CollectionAssert.AreEqual((string[])["b.cpp", "other.cpp"], Names());
        Assert.Contains("-DNEW", File.ReadAllText(Database));
        await MergeAsync("one", []);
        CollectionAssert.AreEqual((string[])["other.cpp"], Names());
    }

    [TestMethod]
    public async Task Entries_of_deleted_sources_go_whoever_they_belong_to()
    {
        Source("a.cpp", "");
        Source("b.cpp", "");
        await MergeAsync("gone", [Unit("a.cpp")]);
        File.Delete(_shop.PathOf("a.cpp"));

        await MergeAsync("one", [Unit("b.cpp")]);

        CollectionAssert.AreEqual((string[])["b.cpp"], Names());
    }

    [TestMethod]
    public async Task A_compile_of_selected_files_takes_nothing_out()
    {
        Source("a.cpp", "");
        Source("b.cpp", "");
        await MergeAsync("one", [Unit("a.cpp"), Unit("b.cpp")]);

        await MergeAsync("one", [Unit("a.cpp", "-DSELECTED")], whole: false);

        CollectionAssert.AreEqual((string[])["a.cpp", "b.cpp"], Names());
        Assert.Contains("-DSELECTED", File.ReadAllText(Database));
    }

    [TestMethod]
    public async Task Nothing_changed_leaves_the_file_untouched()
    {
        Source("a.cpp", "");
        await MergeAsync("one", [Unit("a.cpp")]);
        DateTime written = DateTime.UtcNow.AddDays(-1);
        File.SetLastWriteTimeUtc(Database, written);

        await MergeAsync("one", [Unit("a.cpp")]);

        Assert.AreEqual(written, File.GetLastWriteTimeUtc(Database));
    }

    [TestMethod]
    public async Task Entries_of_other_programs_stay_as_they_are()
    {
        Source("a.cpp", "");
        Source("theirs.c", "");
        string theirs = $$"""{ "directory": "{{_shop.PathOf("")}}", "command": "cc -c theirs.c", "file": "theirs.c" }""";
        Write($"[{theirs}]");

        await MergeAsync("one", [Unit("a.cpp")]);

        Assert.Contains(theirs, File.ReadAllText(Database));
        Assert.HasCount(2, Entries());
    }

    [TestMethod]
    [DataRow("# notes")]
    [DataRow("{}")]
    [DataRow("[1]")]
    [DataRow("[{\"file\":\"x\"}]")]
    [DataRow("[{\"directory\":\"/\",\"file\"")]
    public async Task A_file_that_is_something_else_is_left_alone(string content)
    {
        Write(content);

        InvalidDataException refusal = await Assert.ThrowsAsync<InvalidDataException>(() => MergeAsync("one", []));

        Assert.Contains($"'{Database}' is there and is not a compilation database", refusal.Message);
        Assert.AreEqual(content, File.ReadAllText(Database));
    }

    [TestMethod]
    public async Task An_empty_file_is_filled()
    {
        Source("a.cpp", "");
        Write(" \n");

        await MergeAsync("one", [Unit("a.cpp")]);

        Assert.HasCount(1, Entries());
    }

    private Task MergeAsync(string project, TranslationUnit[] units, bool whole = true) =>
        CompilationDatabase.MergeAsync(Database, _shop.PathOf("store"), project, units, whole, CancellationToken.None);

    private JsonElement[] Entries() => [.. JsonDocument.Parse(File.ReadAllText(Database)).RootElement.EnumerateArray()];

    private string[] Names() => [.. Entries().Select(entry => Path.GetFileName(entry.GetProperty("file").GetString()!))];

    private TranslationUnit Unit(string source, params string[] flags) => _shop.Unit("g++", source, flags);

    private void Source(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_shop.PathOf(name))!);
        File.WriteAllText(_shop.PathOf(name), text);
    }

    private void Write(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Database)!);
        File.WriteAllText(Database, content);
    }
}
