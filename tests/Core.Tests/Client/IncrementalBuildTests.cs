using DistBuild.Core.Client;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Records;

namespace DistBuild.Core.Tests.Client;

/// <summary>Builds one after another in one folder, by our own records. Every test ends with nothing to do.</summary>
[TestClass]
public sealed class IncrementalBuildTests : IDisposable
{
    private readonly Engine _engine = new();
    private readonly string _clang = "/usr/lib/llvm-19/bin/clang";

    public void Dispose() => _engine.Dispose();

    [TestMethod]
    [DataRow("gcc", false)]
    [DataRow("clang-19", false)]
    [DataRow("gcc", true)]
    public async Task A_header_that_shadows_another_recompiles_exactly_its_users(string compiler, bool plain)
    {
        _engine.Folder("first");
        _engine.Write("second/lib/h.h", "#define X 1\n");
        _engine.Write("second/other.h", "");
        _engine.Write("user.c", "#include <lib/h.h>\nint user = X;");
        _engine.Write("alone.c", "#include <other.h>\nint alone;");
        Unit[] units = [new(compiler, "-Ifirst -Isecond", "user.c"), new(compiler, "-Ifirst -Isecond", "alone.c")];
        await ExpectAsync([UnitOutcome.CompiledLocally, UnitOutcome.CompiledLocally], units, plain);
        await ExpectAsync([UnitOutcome.UpToDate, UnitOutcome.UpToDate], units, plain);

        _engine.Write("first/unrelated.h", "");
        _engine.Write("first/lib/unrelated.h", "");
        await ExpectAsync([UnitOutcome.UpToDate, UnitOutcome.UpToDate], units, plain);
        _engine.Write("first/lib/h.h", "#define X 2\n");
        await ExpectAsync([UnitOutcome.CompiledLocally, UnitOutcome.UpToDate], units, plain);
        await ExpectAsync([UnitOutcome.UpToDate, UnitOutcome.UpToDate], units, plain);

        File.Delete(_engine["first/lib/h.h"]);
        await ExpectAsync([plain ? UnitOutcome.CompiledLocally : UnitOutcome.LocalHit, UnitOutcome.UpToDate], units, plain);
        await ExpectAsync([UnitOutcome.UpToDate, UnitOutcome.UpToDate], units, plain);
    }

    [TestMethod]
    [DataRow("gcc", "#if __has_include(\"late.h\")\n#endif\nint user;", "late.h")]
    [DataRow("clang-19", "#if __has_include(<late.h>)\n#endif\nint user;", "late/late.h")]
    [DataRow("gcc", "#define NAME <h.h>\n#include NAME\nint user;", "late/h.h")]
    [DataRow("clang-19", "#include \"second/h.h\"\nint user;", "late/in.h", DisplayName = "beside what a header includes")]
    public async Task What_was_looked_for_in_vain_and_appears_recompiles_exactly_its_users(string compiler, string source, string appearing)
    {
        _engine.Write("second/h.h", "#include <in.h>\n");
        _engine.Write("second/in.h", "");
        _engine.Write("user.c", source);
        _engine.Write("alone.c", "int alone;");
        Unit[] units = [new(compiler, "-Ilate -Isecond", "user.c"), new(compiler, "-Ilate -Isecond", "alone.c")];
        await ExpectAsync([UnitOutcome.CompiledLocally, UnitOutcome.CompiledLocally], units);
        await ExpectAsync([UnitOutcome.UpToDate, UnitOutcome.UpToDate], units);
        _engine.Write(appearing, "");
        await ExpectAsync([UnitOutcome.CompiledLocally, UnitOutcome.UpToDate], units);
        await ExpectAsync([UnitOutcome.UpToDate, UnitOutcome.UpToDate], units);
    }

    [TestMethod]
    public async Task Headers_that_are_included_by_the_command_itself_are_looked_for_as_well()
    {
        _engine.Write("second/pre.h", "#define X 1\n");
        _engine.Write("src/user.c", "int user = X;");
        Unit[] units = [new("gcc", "-Isecond -include pre.h", "src/user.c")];
        await ExpectAsync([UnitOutcome.CompiledLocally], units);
        await ExpectAsync([UnitOutcome.UpToDate], units);
        _engine.Write("pre.h", "#define X 2\n");
        await ExpectAsync([UnitOutcome.CompiledLocally], units);
    }

    [TestMethod]
    public async Task A_dependency_file_that_is_gone_comes_back()
    {
        _engine.Write("user.c", "int user;");
        Unit[] units = [new("gcc", "-MD", "user.c")];
        await ExpectAsync([UnitOutcome.CompiledLocally], units);
        await ExpectAsync([UnitOutcome.UpToDate], units);
        File.Delete(_engine["user.d"]);
        await ExpectAsync([UnitOutcome.LocalHit], units);
        Assert.IsTrue(File.Exists(_engine["user.d"]));
        await ExpectAsync([UnitOutcome.UpToDate], units);
    }

    [TestMethod]
    public async Task Another_text_of_a_response_file_is_another_command()
    {
        _engine.Write("inner.rsp", "-DX=1");
        _engine.Write("outer.rsp", "-O1 @inner.rsp");
        _engine.Write("user.c", "int user = X;");
        Unit[] units = [new("gcc", "@outer.rsp", "user.c")];
        await ExpectAsync([UnitOutcome.CompiledLocally], units);
        await ExpectAsync([UnitOutcome.UpToDate], units);
        _engine.Write("inner.rsp", "-DX=2");
        await ExpectAsync([UnitOutcome.CompiledLocally], units);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task Another_compiler_at_the_same_path_compiles_everything(bool plain)
    {
        string clang = _engine["bin/clang-19"];
        _engine.Folder("bin");
        File.Copy(_clang, clang);
        _engine.Settle("bin/clang-19");
        _engine.Write("user.c", "int user;");
        Unit[] units = [new(clang, "-O1", "user.c")];
        await ExpectAsync([UnitOutcome.CompiledLocally], units, plain);
        await ExpectAsync([UnitOutcome.UpToDate], units, plain);
        File.AppendAllBytes(clang, [0]);
        await ExpectAsync([UnitOutcome.CompiledLocally], units, plain);
    }

    [TestMethod]
    public async Task Another_folder_out_of_the_environment_compiles_again()
    {
        _engine.Write("one/h.h", "#define X 1\n");
        _engine.Write("two/h.h", "#define X 2\n");
        _engine.Write("user.c", "#include <h.h>\nint user = X;");
        Unit[] units = [new("gcc", "-O1", "user.c")];
        _engine.Environment["CPATH"] = _engine["one"];
        await ExpectAsync([UnitOutcome.CompiledLocally], units);
        await ExpectAsync([UnitOutcome.UpToDate], units);
        _engine.Environment["CPATH"] = _engine["two"];
        await ExpectAsync([UnitOutcome.CompiledLocally], units);
    }

    [TestMethod]
    [DataRow("-O1", "__asm__(\".inc\" \"lude \\\"data\\\"\");", UnitOutcome.CompiledLocally, DisplayName = "a header says so")]
    [DataRow("-DREAD=__asm__(\".incbin\\t\\\"data\\\"\");", "READ", UnitOutcome.NotCacheable, DisplayName = "the command says so")]
    public async Task A_unit_that_reads_more_than_its_compiler_tells_is_compiled_in_every_build(string option, string statement, UnitOutcome first)
    {
        _engine.Write("data", ".byte 1\n");
        _engine.Write("data.h", statement + "\n");
        _engine.Write("user.c", "#include \"data.h\"\nint user;");
        Unit[] units = [new("gcc", option, "user.c")];
        await ExpectAsync([first], units);
        await ExpectAsync([UnitOutcome.NotCacheable], units);
        await ExpectAsync([UnitOutcome.NotCacheable], units);
    }

    [TestMethod]
    public async Task Deleted_objects_come_from_the_store_and_then_nothing_is_to_do()
    {
        _engine.Write("user.c", "int user;");
        _engine.Write("alone.c", "int alone;");
        Unit[] units = [new("gcc", "-O1", "user.c"), new("gcc", "-O1", "alone.c")];
        await ExpectAsync([UnitOutcome.CompiledLocally, UnitOutcome.CompiledLocally], units);
        Array.ForEach(Directory.GetFiles(_engine[""], "*.o"), File.Delete);
        await ExpectAsync([UnitOutcome.LocalHit, UnitOutcome.LocalHit], units);
        await ExpectAsync([UnitOutcome.UpToDate, UnitOutcome.UpToDate], units);
    }

    [TestMethod]
    public async Task An_interrupted_build_keeps_the_records_of_what_it_finished()
    {
        _engine.Write("user.c", "int user;");
        _engine.Write("alone.c", "int alone;");
        Unit[] units = [new("gcc", "-O1", "user.c"), new("gcc", "-O1", "alone.c")];
        BuildRecords records = BuildRecords.Load(_engine["records"]);
        using CancellationTokenSource cancel = new();
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            new UnitCompiler(null, records, new AtFirstFinished(cancel.Cancel), 1).CompileAsync([.. units.Select(Translate)], cancel.Token));
        Assert.IsNull(records.Save());

        await ExpectAsync([UnitOutcome.UpToDate, UnitOutcome.CompiledLocally], units, plain: true);
        await ExpectAsync([UnitOutcome.UpToDate, UnitOutcome.UpToDate], units, plain: true);
    }

    private async Task ExpectAsync(UnitOutcome[] expected, Unit[] units, bool plain = false)
    {
        BuildRecords records = BuildRecords.Load(_engine["records"]);
        TranslationUnit[] translated = [.. units.Select(Translate)];
        AtFirstFinished observer = new(() => { });
        IReadOnlyList<UnitResult> results = plain
            ? await new UnitCompiler(null, records, observer, 1).CompileAsync(translated, CancellationToken.None)
            : await _engine.BuildAsync(translated, observer, records);
        Assert.IsNull(records.Save());
        CollectionAssert.AreEqual(expected, results.Select(result => result.Outcome).ToArray(), string.Join(", ", results.Select(result => $"{result.Outcome} {result.Reason}{result.Errors}")));
    }

    private TranslationUnit Translate(Unit unit)
    {
        string target = Path.ChangeExtension(Path.GetFileName(unit.Source), ".o");
        CompileCommand command = new(unit.Compiler, [.. unit.Options.Split(' '), "-c", unit.Source, "-o", target], _engine[""].TrimEnd('/'), _engine.Environment.ToDictionary());
        return new TranslationUnit(unit.Source, _engine[unit.Source], _engine[target], command);
    }

    private sealed record Unit(string Compiler, string Options, string Source);
}
