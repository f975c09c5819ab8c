using System.Text;
using DistBuild.Core.Client;
using DistBuild.Core.Processes;
using DistBuild.Core.Tests.Hashing;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Records;

namespace DistBuild.Core.Tests.Client;

/// <summary>Objects that are gone while nobody touched what they are made from. Whatever comes back is what the plain compiler makes at that moment.</summary>
[TestClass]
public sealed class ResultRecallTests : IDisposable
{
    private readonly Engine _engine = new();

    private string Store => _engine["../store"];

    public void Dispose() => _engine.Dispose();

    [TestMethod]
    [DataRow("gcc", false)]
    [DataRow("gcc", true, DisplayName = "gcc, and the records are gone too")]
    [DataRow("clang-19", true)]
    public async Task An_object_that_alone_is_gone_comes_out_of_the_store_by_its_name(string compiler, bool clean)
    {
        _engine.Write("h.h", "#define X 1\n");
        _engine.Write("a.c", "#include \"h.h\"\n#warning said\nint a = X;");
        UnitResult made = await BuildAsync(compiler, UnitOutcome.CompiledLocally);
        KeepOnlyResult();
        Clean(records: clean);

        UnitResult hit = await BuildAsync(compiler, UnitOutcome.LocalHit);
        Assert.AreEqual(made.Errors, hit.Errors);
        Assert.AreEqual(made.Key, hit.Key);
        Assert.AreEqual(KeyMode.Direct, hit.Keyed);
        Assert.AreEqual(clean ? "never compiled" : "a.o is missing", hit.OutOfDate);
        await BuildAsync(compiler, UnitOutcome.UpToDate);
        Clean(records: true);
        await BuildAsync(compiler, UnitOutcome.LocalHit);
    }

    [TestMethod]
    public async Task A_header_whose_times_were_set_back_is_read_anew()
    {
        string header = _engine.Write("h.h", "#define X 1\n");
        _engine.Write("a.c", "#include \"h.h\"\nint a = X;");
        File.SetLastWriteTimeUtc(header, Clock.LongAgo);
        _engine.Settle("h.h");
        await BuildAsync("gcc", UnitOutcome.CompiledLocally);
        _engine.Write("h.h", "#define X 2\n");
        File.SetLastWriteTimeUtc(header, Clock.LongAgo);
        _engine.Settle("h.h");
        await BuildAsync("gcc", UnitOutcome.UpToDate, compare: false);

        Clean(records: true);
        await BuildAsync("gcc", UnitOutcome.CompiledLocally);
    }

    [TestMethod]
    public async Task A_header_that_appears_in_a_folder_whose_times_were_set_back_is_seen()
    {
        _engine.Folder("first");
        Directory.SetLastWriteTimeUtc(_engine["first"], Clock.LongAgo);
        _engine.Settle("first");
        _engine.Write("second/h.h", "#define X 1\n");
        _engine.Write("a.c", "#include <h.h>\nint a = X;");
        await BuildAsync("gcc", UnitOutcome.CompiledLocally, "-Ifirst", "-Isecond");
        _engine.Write("first/h.h", "#define X 2\n");
        Directory.SetLastWriteTimeUtc(_engine["first"], Clock.LongAgo);
        Clean(records: true);
        await BuildAsync("gcc", UnitOutcome.CompiledLocally, "-Ifirst", "-Isecond");
    }

    [TestMethod]
    [DataRow("h.h.gch", DisplayName = "beside the header")]
    [DataRow("first/h.h.gch", DisplayName = "in a folder that is searched earlier")]
    public async Task A_precompiled_header_that_appears_is_seen(string precompiled)
    {
        _engine.Folder("first");
        _engine.Settle("first");
        _engine.Write("h.h", "#define X 1\n");
        _engine.Write("a.c", "#include <h.h>\nint a = X;");
        await BuildAsync("gcc", UnitOutcome.CompiledLocally, "-Ifirst", "-I.");
        _engine.Write("other.h", "#define X 2\n");
        CompileCommand precompile = new("gcc", ["-x", "c-header", "other.h", "-o", precompiled], _engine[""].TrimEnd('/'), _engine.Environment.ToDictionary());
        Assert.AreEqual(0, (await ProcessRunner.RunAsync(ProcessRequest.For(precompile), CancellationToken.None)).ExitCode);
        Clean(records: true);
        Assert.AreNotEqual(UnitOutcome.LocalHit, (await BuildAsync("gcc", null, "-Ifirst", "-I.")).Outcome);
    }

    [TestMethod]
    [DataRow("PWD", "{link}", "-g", DisplayName = "the folder that debug information names")]
    [DataRow("SOURCE_DATE_EPOCH", "1000000000", "-DDATED", DisplayName = "the date")]
    [DataRow("LANG", "de_DE.UTF-8", "-O1", DisplayName = "the language of diagnostics")]
    public async Task What_else_decides_a_result_is_looked_at_again(string variable, string value, string option)
    {
        _engine.Link("link", _engine[""].TrimEnd('/'));
        _engine.Write("a.c", "#ifdef DATED\nconst char *a = __DATE__;\n#endif\nint b;");
        _engine.Environment.Remove("LC_ALL");
        _engine.Environment["SOURCE_DATE_EPOCH"] = "1";
        await BuildAsync("gcc", UnitOutcome.CompiledLocally, option);
        _engine.Environment[variable] = value.Replace("{link}", _engine["link"]);
        Clean(records: false);
        await BuildAsync("gcc", UnitOutcome.CompiledLocally, option);
        Clean(records: true);
        await BuildAsync("gcc", UnitOutcome.LocalHit, option);
    }

    [TestMethod]
    public async Task A_result_that_the_store_has_no_more_is_made_again()
    {
        _engine.Write("a.c", "int a;");
        await BuildAsync("gcc", UnitOutcome.CompiledLocally);
        Array.ForEach(Entries(), File.Delete);
        Clean(records: true);
        await BuildAsync("gcc", UnitOutcome.CompiledLocally);
    }

    [TestMethod]
    public async Task A_damaged_result_is_made_again()
    {
        _engine.Write("a.c", "int a;");
        await BuildAsync("gcc", UnitOutcome.CompiledLocally);
        foreach (string entry in Entries())
        {
            byte[] bytes = File.ReadAllBytes(entry);
            bytes[bytes.Length / 2] ^= 1;
            File.WriteAllBytes(entry, bytes);
        }

        Clean(records: true);
        await BuildAsync("gcc", UnitOutcome.CompiledLocally);
    }

    [TestMethod]
    public async Task A_result_that_is_brought_back_is_audited_like_any_hit()
    {
        _engine.Write("a.c", "int a;");
        await BuildAsync("gcc", UnitOutcome.CompiledLocally);
        Clean(records: true);
        UnitResult hit = await BuildAsync("gcc", UnitOutcome.LocalHit, verify: 100);
        Assert.IsTrue(hit.Verified);
    }

    [TestMethod]
    public async Task A_copy_of_records_that_is_damaged_costs_a_look_at_the_files()
    {
        _engine.Write("a.c", "int a;");
        await BuildAsync("gcc", UnitOutcome.CompiledLocally);
        Clean(records: true);
        string copy = Directory.GetFiles(Path.Combine(Store, "notes"), "*.records").Single();
        File.WriteAllBytes(copy, File.ReadAllBytes(copy)[..^1]);
        await BuildAsync("gcc", UnitOutcome.LocalHit);
        Assert.HasCount(1, Directory.GetFiles(Path.Combine(Store, "notes"), "*.records"));
        await BuildAsync("gcc", UnitOutcome.UpToDate);
    }

    private Task<UnitResult> BuildAsync(string compiler, UnitOutcome? expected, params string[] options) => BuildAsync(compiler, expected, true, 0, options);

    private async Task<UnitResult> BuildAsync(string compiler, UnitOutcome? expected, bool compare = true, int verify = 0, params string[] options)
    {
        string[] arguments = [.. options, "-c", "a.c", "-o", "a.o"];
        CompileCommand command = new(compiler, arguments, _engine[""].TrimEnd('/'), _engine.Environment.ToDictionary());
        BuildRecords records = BuildRecords.Load(_engine["obj.records"], Store);
        await using BuildSession session = new(new BuildOptions { Store = Store, Broadcast = false, Verify = verify }, TimeProvider.System);
        UnitResult result = (await new UnitCompiler(session, records, new AtFirstFinished(() => { }), 2)
            .CompileAsync([new TranslationUnit("a.c", _engine["a.c"], _engine["a.o"], command)], CancellationToken.None)).Single();
        Assert.IsNull(records.Save());
        Assert.AreEqual(expected ?? result.Outcome, result.Outcome, $"{result.OutOfDate}, {result.Reason}");
        if (compare)
        {
            CompileCommand plain = command with { Arguments = [.. arguments[..^1], "plain.o"] };
            ProcessResult run = await ProcessRunner.RunAsync(ProcessRequest.For(plain), CancellationToken.None);
            CollectionAssert.AreEqual(File.ReadAllBytes(_engine["plain.o"]), File.ReadAllBytes(_engine["a.o"]));
            Assert.AreEqual(expected == UnitOutcome.UpToDate ? "" : Encoding.UTF8.GetString(run.Errors), result.Errors);
        }

        return result;
    }

    private void Clean(bool records)
    {
        File.Delete(_engine["a.o"]);
        if (records)
        {
            File.Delete(_engine["obj.records"]);
        }
    }

    /// <summary>Takes away what a key could be made from.</summary>
    private void KeepOnlyResult()
    {
        byte[] made = File.ReadAllBytes(_engine["a.o"]);
        string[] others = [.. Entries().Where(entry => File.ReadAllBytes(entry).AsSpan().IndexOf(made) < 0)];
        Assert.IsNotEmpty(others);
        Array.ForEach(others, File.Delete);
    }

    private string[] Entries() => Directory.GetFiles(Path.Combine(Store, "v1"), "*", SearchOption.AllDirectories);
}
