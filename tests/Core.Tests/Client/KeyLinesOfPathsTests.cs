using System.Text;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Client;

/// <summary>Paths in objects: section 3 of the list in docs/caching.md, whose lines the numbers are.</summary>
[TestClass]
public sealed class KeyLinesOfPathsTests : IDisposable
{
    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [TestMethod]
    [DataRow("gcc -g")]
    [DataRow("gcc -gdwarf-4")]
    [DataRow("gcc -ggdb3")]
    [DataRow("gcc -g0 -g1")]
    [DataRow("clang-19 -g")]
    [DataRow("clang-19 -gline-tables-only")]
    public async Task Line_36_37_the_working_directory_is_in_the_key_with_debug_information(string compiler)
    {
        TwoCheckouts("int a(int x) { return x; }");
        await _engine.MakeAsync($"{compiler} -c a.c -o a.o", "one");
        Made other = await _engine.MakeAsync($"{compiler} -c a.c -o a.o", "two");

        Assert.AreEqual(UnitOutcome.CompiledLocally, other.Outcome);
        Assert.Contains(_engine["two"], Encoding.UTF8.GetString(other.Object));
    }

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("gcc -g -g0")]
    [DataRow("gcc -gz")]
    [DataRow("clang-19")]
    [DataRow("clang-19 -g0")]
    [DataRow("clang-19 -g -fdebug-compilation-dir=.")]
    [DataRow("clang-19 -g -ffile-compilation-dir=/build")]
    public async Task Line_36_37_without_it_checkouts_share(string compiler)
    {
        TwoCheckouts("int a(int x) { return x; }");
        await _engine.ShareAsync($"{compiler} -c a.c -o a.o", $"{compiler} -c a.c -o a.o", "one", "two");
    }

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    public async Task Line_36_46_the_directory_is_the_one_that_compilers_record(string compiler)
    {
        _engine.Write("real/a.c", "int a(int x) { return x; }");
        _engine.Link("link", "real");
        string line = $"{compiler} -g -c a.c -o a.o";
        _engine.Environment["PWD"] = _engine["link"];
        Assert.Contains(_engine["link"], Encoding.UTF8.GetString((await _engine.MakeAsync(line, "real")).Object));
        _engine.Environment["PWD"] = _engine["real"];

        Assert.AreEqual(UnitOutcome.CompiledLocally, (await _engine.MakeAsync(line, "real")).Outcome, "the same folder by another name");
        Assert.AreEqual(UnitOutcome.LocalHit, (await _engine.MakeAsync(line, "link")).Outcome, "both record the folder itself");
    }

    [TestMethod]
    [DataRow("gcc -g -gsplit-dwarf -c a.c -o a.o", "-gsplit-dwarf")]
    [DataRow("clang-19 -g -gsplit-dwarf -c a.c -o a.o", "-gsplit-dwarf")]
    [DataRow("clang-19 -g -gsplit-dwarf=single -c a.c -o a.o", "-gsplit-dwarf=single")]
    [DataRow("gcc --coverage -c a.c -o a.o", "--coverage")]
    [DataRow("gcc -fprofile-arcs -c a.c -o a.o", "-fprofile-arcs")]
    [DataRow("gcc -ftest-coverage -c a.c -o a.o", "-ftest-coverage")]
    [DataRow("gcc -fprofile-generate=out -c a.c -o a.o", "-fprofile-generate=out")]
    [DataRow("gcc -fprofile-abs-path -c a.c -o a.o", "-fprofile-abs-path")]
    [DataRow("clang-19 -fprofile-instr-generate -c a.c -o a.o", "-fprofile-instr-generate")]
    [DataRow("clang-19 -fcoverage-mapping -fprofile-instr-generate -c a.c -o a.o", "-fcoverage-mapping")]
    public async Task Line_38_39_objects_that_name_further_outputs_are_refused(string line, string argument)
    {
        _engine.Write("a.c", "int a(int x) { return x; }");
        await _engine.RefuseAsync(line, argument, reproducible: !line.StartsWith("gcc -f", StringComparison.Ordinal) && !line.Contains("--coverage", StringComparison.Ordinal));
    }

    [TestMethod]
    [DataRow("gcc -c a.c -o a.o", "gcc -c ./a.c -o a.o")]
    [DataRow("clang-19 -c a.c -o a.o", "clang-19 -c sub/../a.c -o a.o")]
    [DataRow("gcc -Isub -c b.c -o a.o", "gcc -I./sub -c b.c -o a.o")]
    [DataRow("gcc -fmacro-prefix-map=sub=x -Isub -c b.c -o a.o", "gcc -fmacro-prefix-map=sub=y -Isub -c b.c -o a.o")]
    [DataRow("clang-19 -ffile-prefix-map=sub=x -Isub -c b.c -o a.o", "clang-19 -ffile-prefix-map=sub=y -Isub -c b.c -o a.o")]
    public async Task Line_41_42_paths_are_in_the_key_as_they_are_spelled(string one, string two)
    {
        _engine.Write("a.c", "extern const char *const a; const char *const a = __FILE__;");
        _engine.Write("sub/h.h", "extern const char *const a; const char *const a = __FILE__;");
        _engine.Write("b.c", "#include <h.h>");
        await _engine.DifferAsync(one, two);
    }

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    public async Task Line_44_another_checkout_is_judged_by_its_own_headers(string compiler)
    {
        TwoCheckouts("#include \"h.h\"\nint a = X;");
        _engine.Write("one/h.h", "#define X 1");
        _engine.Write("two/h.h", "#define X 2");
        string line = $"{compiler} -c a.c -o a.o";
        await _engine.MakeAsync(line, "one");

        Assert.AreEqual(UnitOutcome.CompiledLocally, (await _engine.MakeAsync(line, "two")).Outcome);
        _engine.Write("two/h.h", "#define X 1");
        Assert.AreEqual(UnitOutcome.LocalHit, (await _engine.MakeAsync(line, "two")).Outcome);
    }

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    public async Task Line_46_out_of_a_linked_folder_a_path_leads_where_the_system_leads_it(string compiler)
    {
        _engine.Write("elsewhere/include/h.h", "#define X 1");
        _engine.Folder("elsewhere/src");
        _engine.Write("include/h.h", "#define X 0");
        _engine.Link("link", "elsewhere/src");
        _engine.Write("a.c", "#include <h.h>\nint a = X;");
        await _engine.DifferAsync($"{compiler} -Ilink/../include -c a.c -o a.o", () => _engine.Write("elsewhere/include/h.h", "#define X 2"));
    }

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    public async Task Line_46_a_link_that_leads_elsewhere_now_is_noticed(string compiler)
    {
        _engine.Write("first/h.h", "#define X 1");
        _engine.Write("second/h.h", "#define X 2");
        _engine.Link("link", "first");
        _engine.Write("a.c", "#include \"link/h.h\"\nint a = X;");
        await _engine.DifferAsync($"{compiler} -c a.c -o a.o", () =>
        {
            File.Delete(_engine["link"]);
            _engine.Link("link", "second");
        });
    }

    private void TwoCheckouts(string source)
    {
        _engine.Write("one/a.c", source);
        _engine.Write("two/a.c", source);
    }
}
