using System.Text;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Client;

/// <summary>What the compiler is told: section 2 of the list in docs/caching.md, whose lines the numbers are.</summary>
[TestClass]
public sealed class KeyLinesOfArgumentsTests : IDisposable
{
    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [TestMethod]
    [DataRow("gcc -O1 -c a.c -o a.o", "gcc -O2 -c a.c -o a.o")]
    [DataRow("gcc -fvisibility=hidden -c a.c -o a.o", "gcc -c a.c -o a.o")]
    [DataRow("gcc -Wall -Wno-unused-variable -c a.c -o a.o", "gcc -Wno-unused-variable -Wall -c a.c -o a.o")]
    [DataRow("clang-19 -Wall -Wno-unused-variable -c a.c -o a.o", "clang-19 -Wno-unused-variable -Wall -c a.c -o a.o")]
    [DataRow("gcc -fno-such-option-yet -c a.c -o a.o", "gcc -c a.c -o a.o", DisplayName = "an option nobody knows fails, and is no input")]
    public async Task Line_14_63_every_option_is_in_the_key_in_its_order(string one, string two)
    {
        _engine.Write("a.c", "static int f(int x) { int y; return x; }\nint a(int x) { return f(x); }\n");
        Made first = await _engine.MakeAsync(one);
        Made second = await _engine.MakeAsync(two);

        Assert.AreNotEqual(UnitOutcome.LocalHit, first.Outcome);
        Assert.AreEqual(UnitOutcome.CompiledLocally, second.Outcome);
        Assert.AreEqual(UnitOutcome.LocalHit, (await _engine.MakeAsync(two)).Outcome);
    }

    [TestMethod]
    [DataRow("gcc -DX=1 -c a.c -o a.o", "gcc -DX=2 -c a.c -o a.o")]
    [DataRow("clang-19 -DX=1 -c a.c -o a.o", "clang-19 -DX=1 -UX -c a.c -o a.o")]
    [DataRow("gcc -Wp,-DX=1 -c a.c -o a.o", "gcc -Wp,-DX=2 -c a.c -o a.o")]
    [DataRow("gcc -include one.h -c a.c -o a.o", "gcc -include two.h -c a.c -o a.o")]
    [DataRow("gcc -imacros one.h -c a.c -o a.o", "gcc -imacros two.h -c a.c -o a.o")]
    public async Task Line_16_macros_of_the_command_are_in_a_direct_key(string one, string two)
    {
        _engine.Write("one.h", "#define X 1");
        _engine.Write("two.h", "#define X 2");
        _engine.Write("a.c", "#ifndef X\n#define X 3\n#endif\nint a = X;");
        await _engine.DifferAsync(one, two);
        Assert.AreEqual(KeyMode.Direct, (await _engine.MakeAsync(one)).Keyed);
    }

    [TestMethod]
    [DataRow("gcc -Iinc -DX=1 -UY -c a.c -o a.o", "gcc -I inc -D X=1 -U Y -c a.c -o a.o")]
    [DataRow("clang-19 -isysteminc -c a.c -o a.o", "clang-19 -isystem inc -c a.c -o a.o")]
    [DataRow("gcc --param max-inline-insns-auto=5 -c a.c -o a.o", "gcc --param=max-inline-insns-auto=5 -c a.c -o a.o")]
    [DataRow("gcc -xc -c a.c -o a.o", "gcc -xc -c a.c -oa.o -o b.o")]
    public async Task Line_17_both_spellings_of_an_option_share(string one, string two)
    {
        _engine.Folder("inc");
        _engine.Write("a.c", "int a;");
        await _engine.ShareAsync(one, two);
    }

    [TestMethod]
    [DataRow("gcc -x c -c a.c -o a.o", "gcc -x c++ -c a.c -o a.o")]
    [DataRow("clang-19 -x c -c a.c -o a.o", "clang-19 -x c++ -c a.c -o a.o")]
    [DataRow("gcc -x c++ -x none -c a.c -o a.o", "gcc -x c++ -c a.c -o a.o")]
    public async Task Line_19_the_language_is_in_the_key(string one, string two)
    {
        _engine.Write("a.c", "int a(int x) { return x; }");
        await _engine.DifferAsync(one, two);
    }

    [TestMethod]
    [DataRow("gcc -c a.h -o a.o", "a.h")]
    [DataRow("gcc -x c-header -c a.c -o a.o", "-x c-header")]
    [DataRow("gcc -S -c a.c -o a.o", "-S")]
    [DataRow("gcc -save-temps=obj -c a.c -o a.o", "-save-temps=obj")]
    [DataRow("gcc -fstack-usage -c a.c -o a.o", "-fstack-usage")]
    [DataRow("clang-19 -ftime-trace -c a.c -o a.o", "-ftime-trace")]
    [DataRow("clang-19 -MJ a.json -c a.c -o a.o", "-MJ")]
    public async Task Line_20_21_22_what_is_more_or_other_than_an_object_is_refused(string line, string argument)
    {
        _engine.Write("a.h", "int h;");
        _engine.Write("a.c", "int a;");
        Assert.AreEqual(UnitOutcome.CompiledLocally, (await _engine.MakeAsync("gcc -c a.c -o a.o")).Outcome);
        await _engine.RefuseAsync(line, argument, reproducible: !line.Contains("c-header", StringComparison.Ordinal) && !line.Contains("a.h", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task Line_23_an_object_whose_folder_is_missing_fails_as_the_compiler_does()
    {
        _engine.Write("a.c", "int a;");
        await _engine.MakeAsync("gcc -c a.c -o a.o");
        TranslationUnit unit = new("a.c", _engine["a.c"], _engine["missing/a.o"], new CompileCommand("gcc", ["-c", "a.c", "-o", "missing/a.o"], _engine[""].TrimEnd('/'), _engine.Environment));

        Assert.AreEqual(UnitOutcome.Failed, (await _engine.BuildAsync(unit)).Outcome);
        Assert.IsFalse(Directory.Exists(_engine["missing"]));
    }

    [TestMethod]
    [DataRow("gcc -c a.c -o a.o", "gcc -pipe -fdiagnostics-color=never -c a.c -o out/b.o")]
    [DataRow("clang-19 -c a.c -o a.o", "clang-19 -fno-color-diagnostics -pipe -c a.c -o out/b.o")]
    [DataRow("gcc -c a.c -o a.o", "gcc -L/nowhere -lm -Wl,-z,now -c a.c -o a.o")]
    public async Task Line_25_the_names_of_outputs_and_what_changes_nothing_are_not_in_the_key(string one, string two)
    {
        _engine.Folder("out");
        _engine.Write("a.c", "int a(void) { int unused; return 1; }");
        await _engine.ShareAsync(one, two);
    }

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    public async Task Line_26_response_files_count_by_what_they_say(string compiler)
    {
        _engine.Write("a.c", "int a = X;");
        _engine.Write("one.rsp", "-DX=1\n'-DTEXT=\"a b\"'");
        _engine.Write("inner.rsp", "-DX=1");
        _engine.Write("two.rsp", "@inner.rsp  \"-DTEXT=\\\"a b\\\"\"");
        await _engine.ShareAsync($"{compiler} @one.rsp -c a.c -o a.o", $"{compiler} @two.rsp -c a.c -o a.o");
        await _engine.DifferAsync($"{compiler} @two.rsp -c a.c -o a.o -DY", () => _engine.Write("inner.rsp", "-DX=2"));
    }

    [TestMethod]
    public async Task Line_27_a_response_file_that_is_missing_is_refused()
    {
        _engine.Write("a.c", "int a;");
        Made made = await _engine.MakeAsync("gcc -c a.c -o a.o @missing.rsp");
        Assert.AreEqual(UnitOutcome.Failed, made.Outcome, "to gcc it is a file that is not there");
    }

    [TestMethod]
    [DataRow("gcc -frecord-gcc-switches -c a.c -o a.o", "-frecord-gcc-switches")]
    [DataRow("clang-19 -frecord-command-line -c a.c -o a.o", "-frecord-command-line")]
    [DataRow("clang-19 -g -grecord-command-line -c a.c -o a.o", "-grecord-command-line")]
    public async Task Line_29_an_object_that_records_its_command_is_refused(string line, string argument)
    {
        _engine.Write("a.c", "int a;");
        await _engine.RefuseAsync(line, argument);
    }

    [TestMethod]
    public async Task Line_30_link_time_objects_are_shared_only_where_they_can_be_made_again()
    {
        _engine.Write("a.c", "static int f(int x) { return x + 1; }\nint a(int x) { return f(x); }");
        await _engine.RefuseAsync("gcc -flto -c a.c -o a.o", "-flto", reproducible: false);
        await _engine.DifferAsync("gcc -flto -frandom-seed=1 -c a.c -o a.o", "gcc -flto -frandom-seed=2 -c a.c -o a.o");
        await _engine.ShareAsync("gcc -flto -frandom-seed=src/a.c -c a.c -o a.o", "gcc -flto -frandom-seed=src/a.c -c a.c -o b.o");
        await _engine.ShareAsync("clang-19 -flto -c a.c -o a.o", "clang-19 -flto -c a.c -o b.o");
        await _engine.ShareAsync("gcc -flto -ffat-lto-objects -frandom-seed=3 -O2 -g -c a.c -o a.o", "gcc -flto -ffat-lto-objects -frandom-seed=3 -O2 -g -c a.c -o b.o");
    }

    [TestMethod]
    [DataRow("clang-19 -fsanitize=address -fsanitize-ignorelist=list.txt -c a.c -o a.o", "-fsanitize-ignorelist=list.txt")]
    [DataRow("clang-19 -frandomize-layout-seed-file=list.txt -c a.c -o a.o", "-frandomize-layout-seed-file=list.txt")]
    [DataRow("gcc -fprofile-use -c a.c -o a.o", "-fprofile-use")]
    [DataRow("gcc -fauto-profile=list.txt -c a.c -o a.o", "-fauto-profile=list.txt")]
    public async Task Line_31_32_options_that_name_a_deciding_file_are_refused(string line, string argument)
    {
        _engine.Write("a.c", "int a;");
        _engine.Write("list.txt", "src:nothing\n");
        Made made = await _engine.MakeAsync(line);
        Assert.IsTrue(made.Outcome is UnitOutcome.NotCacheable or UnitOutcome.Failed);
        Assert.Contains(argument, made.Reason!);
    }

    [TestMethod]
    [DataRow("a,b c.c")]
    [DataRow("größe.c")]
    [DataRow("a.b.c")]
    [DataRow("cost$#.c")]
    [DataRow("dot.")]
    [DataRow("plain")]
    public async Task Line_34_odd_names_are_names(string name)
    {
        _engine.Write(name, "extern const char *const a; const char *const a = __FILE__;");
        foreach (string compiler in new[] { "gcc", "clang-19" })
        {
            string[] words = [compiler, "-x", "c", "-c", name, "-o", "out " + name + ".o"];
            Assert.AreEqual(UnitOutcome.CompiledLocally, (await _engine.MakeAsync(words)).Outcome);
            Made hit = await _engine.MakeAsync(words);
            Assert.AreEqual(UnitOutcome.LocalHit, hit.Outcome);
            Assert.Contains(name, Encoding.UTF8.GetString(hit.Object));
        }
    }

    [TestMethod]
    public async Task Line_34_a_name_that_clang_reports_otherwise_is_compiled_and_not_kept()
    {
        _engine.Write("back\\slash.c", "int a;");
        await _engine.ShareAsync("gcc -c back\\slash.c -o a.o", "gcc -c back\\slash.c -o b.o");
        for (int build = 0; build < 2; build++)
        {
            Assert.AreEqual(UnitOutcome.CompiledLocally, (await _engine.MakeAsync("clang-19 -c back\\slash.c -o a.o")).Outcome);
        }
    }

    [TestMethod]
    public async Task Line_35_folders_that_do_not_exist_are_part_of_a_direct_key_until_they_do()
    {
        _engine.Write("late.h", "#define WHICH 1");
        _engine.Write("a.c", "#include <late.h>\nint a = WHICH;");
        await _engine.DifferAsync("gcc -Inone -Inone -I. -c a.c -o a.o", () => _engine.Write("none/late.h", "#define WHICH 2"));
    }
}
