using System.Text;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Client;

/// <summary>What a source reads: section 4 of the list in docs/caching.md, whose lines the numbers are.</summary>
[TestClass]
public sealed class KeyLinesOfPreprocessingTests : IDisposable
{
    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [TestMethod]
    [DataRow("gcc", "__TIME__")]
    [DataRow("clang-19", "__DATE__ __TIME__")]
    [DataRow("clang-19", "PASTE(__TI, ME__)")]
    [DataRow("gcc", "AROUND(TIME)")]
    public async Task Line_47_48_the_time_of_the_compile_counts_by_its_value(string compiler, string macro)
    {
        _engine.Write("when.h", $"#define PASTE(a, b) a##b\n#define AROUND(x) __ ## x ## __\n#define WHEN {macro}");
        _engine.Write("a.c", "#include \"when.h\"\nextern const char *const when; const char *const when = WHEN;");
        string line = $"{compiler} -Wno-builtin-macro-redefined -c a.c -o a.o";
        _engine.Environment["SOURCE_DATE_EPOCH"] = "1000000000";
        await _engine.MakeAsync(line);
        Made keyed = await _engine.MakeAsync(line);
        Assert.AreEqual(UnitOutcome.LocalHit, (await _engine.MakeAsync(line)).Outcome);
        Assert.Contains("01:46:40", Encoding.UTF8.GetString(keyed.Object));
        _engine.Environment["SOURCE_DATE_EPOCH"] = "1000000001";

        Made later = await _engine.MakeAsync(line);

        Assert.AreEqual(UnitOutcome.CompiledLocally, later.Outcome);
        Assert.Contains("01:46:41", Encoding.UTF8.GetString(later.Object));
    }

    [TestMethod]
    [DataRow("gcc", "-DWHEN=__TIME__")]
    [DataRow("clang-19", "-DWHEN=__TIME__")]
    [DataRow("gcc", "-DPASTE(a,b)=a##b -DWHEN=PASTE(__TI,ME__)")]
    public async Task Line_47_48_the_time_of_the_compile_counts_where_the_command_asks_for_it(string compiler, string options)
    {
        _engine.Write("a.c", "extern const char *const when; const char *const when = WHEN;");
        _engine.Environment["SOURCE_DATE_EPOCH"] = "1000000000";
        await _engine.DifferAsync($"{compiler} {options} -c a.c -o a.o", () => _engine.Environment["SOURCE_DATE_EPOCH"] = "1000000001");
    }

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    public async Task Line_47_the_time_of_a_file_counts_by_its_value(string compiler)
    {
        _engine.Write("a.c", "extern const char *const when; const char *const when = __TIMESTAMP__;");
        File.SetLastWriteTimeUtc(_engine["a.c"], new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        _engine.Settle("a.c");
        await _engine.DifferAsync($"{compiler} -c a.c -o a.o", () => File.SetLastWriteTimeUtc(_engine["a.c"], new DateTime(2021, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
    }

    [TestMethod]
    [DataRow("__asm__(\".incbin \\\"data\\\"\");")]
    [DataRow("__asm__(\".inc\" \"bin \\\"data\\\"\");")]
    [DataRow("#define A \".inc\"\n#define B \"bin \\\"data\\\"\"\n__asm__(A B);")]
    [DataRow("#define STRING(x) #x\n#define TEXT(x) STRING(x)\n__asm__(TEXT(.IncBin \"data\"));")]
    [DataRow("__asm__(\".include \\\"data\\\"\");")]
    public async Task Line_49_what_the_assembler_reads_is_never_served_from_a_store(string statement)
    {
        _engine.Write("data", ".byte 1\n");
        _engine.Write("data.h", statement + "\n");
        _engine.Write("a.c", "#include \"data.h\"\nint a;");
        foreach (string compiler in new[] { "gcc", "clang-19" })
        {
            for (int build = 0; build < 3; build++)
            {
                // Each time the object is compared with the plain compiler's.
                _engine.Write("data", $".byte {build}\n");
                Made made = await _engine.MakeAsync($"{compiler} -c a.c -o a.o");
                Assert.IsTrue(made.Outcome is UnitOutcome.NotCacheable or UnitOutcome.CompiledLocally, made.Outcome.ToString());
                Assert.IsNotNull(made.Reason);
            }
        }
    }

    [TestMethod]
    [DataRow("#embed \"data\"")]
    [DataRow("#define NAME \"data\"\n#embed NAME")]
    [DataRow("#\\\n embed \"data\"")]
    public async Task Line_50_an_embedded_file_counts_by_its_content(string directive)
    {
        _engine.Write("data", "one");
        _engine.Write("data.h", $"static const char data[] = {{\n{directive}\n, 0}};");
        _engine.Write("a.c", "#include \"data.h\"\nconst char *a(void) { return data; }");
        const string Line = "clang-19 -Wno-c23-extensions -c a.c -o a.o";
        await _engine.MakeAsync(Line);
        await _engine.DifferAsync(Line, () => _engine.Write("data", "two"));
    }

    [TestMethod]
    [DataRow("gcc", "#if __has_include(\"late.h\")", "late.h")]
    [DataRow("gcc", "#if __has_include(<late.h>)", "inc/late.h")]
    [DataRow("gcc", "#define HAS(x) __has_include(x)\n#if HAS(\"late.h\")", "late.h")]
    [DataRow("clang-19", "#if __has_include(\"sub/late.h\")", "inc/sub/late.h")]
    [DataRow("clang-19", "#if __has_include(\"../late.h\")", "late.h")]
    [DataRow("clang-19", "#ifdef __has_include\n#if __has_include ( <late.h> )", "later/late.h")]
    public async Task Line_51_a_header_that_was_asked_for_and_appears_is_noticed(string compiler, string condition, string name)
    {
        _engine.Folder("inc");
        _engine.Folder("sub");
        string end = condition.Contains("#ifdef", StringComparison.Ordinal) ? "#endif\n#endif" : "#endif";
        string text = $"{condition}\nint late(void) {{ return 1; }}\n{end}\nint a;";
        string source = name == "late.h" && condition.Contains("..", StringComparison.Ordinal) ? "sub/a.c" : "a.c";
        _engine.Write(source, text);
        string line = $"{compiler} -Iinc -Ilater -c {source} -o a.o";
        await _engine.DifferAsync(line, () => _engine.Write(name, ""));
        await _engine.DifferAsync(line + " -DAGAIN", () => File.Delete(_engine[name]));
    }

    [TestMethod]
    [DataRow("gcc", "a.c", "#include <stddef.h>\n#include <stdint.h>\n#include <limits.h>\n#include <stdio.h>\n")]
    [DataRow("clang-19", "a.c", "#include <stddef.h>\n#include <stdint.h>\n#include <limits.h>\n#include <stdio.h>\n")]
    [DataRow("g++", "a.cpp", "#include <vector>\n#include <string>\n#include <map>\n#include <atomic>\n")]
    [DataRow("clang++-19", "a.cpp", "#include <vector>\n#include <string>\n#include <map>\n#include <atomic>\n")]
    public async Task Line_51_what_the_toolchains_own_headers_ask_for_keeps_no_unit_from_a_direct_key(string compiler, string source, string includes)
    {
        _engine.Write(source, includes + "int a;");
        Made made = await _engine.MakeAsync($"{compiler} -c {source} -o a.o");
        Made hit = await _engine.MakeAsync($"{compiler} -c {source} -o a.o");

        Assert.AreEqual((UnitOutcome.CompiledLocally, KeyMode.Direct), (made.Outcome, made.Keyed));
        Assert.DoesNotContain("not kept", made.Reason!);
        Assert.AreEqual((UnitOutcome.LocalHit, KeyMode.Direct), (hit.Outcome, hit.Keyed));
    }

    [TestMethod]
    public async Task Line_51_an_absolute_name_that_was_asked_for_and_appears_is_noticed()
    {
        _engine.Write("a.c", $"#if __has_include(\"{_engine["late.h"]}\")\nint late(void) {{ return 1; }}\n#endif\nint a;");
        await _engine.DifferAsync("gcc -c a.c -o a.o", () => _engine.Write("late.h", ""));
    }

    [TestMethod]
    [DataRow("gcc", "-Ifirst -Isecond", "#include <h.h>", "first/h.h")]
    [DataRow("clang-19", "-Ifirst -Isecond", "#include <h.h>", "first/h.h")]
    [DataRow("gcc", "-iquote first -Isecond", "#include \"h.h\"", "first/h.h")]
    [DataRow("clang-19", "-isystem first -idirafter second", "#include <h.h>", "first/h.h")]
    [DataRow("gcc", "-idirafter first -idirafter second", "#include <h.h>", "first/h.h")]
    [DataRow("gcc", "-Isecond", "#include \"h.h\"", "h.h")]
    [DataRow("clang-19", "-Isecond", "#include \"h.h\"", "h.h")]
    [DataRow("gcc", "-Imissing -Isecond", "#include <h.h>", "missing/h.h")]
    [DataRow("gcc", "-Ifirst -Isecond", "#define NAME <h.h>\n#include NAME", "first/h.h")]
    [DataRow("clang-19", "-Ifirst -Isecond", "#define NAME \"h.h\"\n#include NAME", "h.h")]
    [DataRow("gcc", "-Ifirst -isystem averylongfoldername/../second", "#include <h.h>", "first/h.h")]
    [DataRow("gcc", "-Ifirst -isystem averylongfoldername/../second", "#define NAME <h.h>\n#include NAME", "first/h.h")]
    [DataRow("gcc", "-Isecond -include h.h", "", "h.h")]
    [DataRow("clang-19", "-Ifirst -Isecond -imacros h.h", "", "first/h.h")]
    [DataRow("gcc", "-Ifirst -Isecond", "#include <outer.h>", "first/h.h", DisplayName = "inside a header")]
    [DataRow("clang-19", "-Ifirst -Isecond", "#include <outer.h>", "second/inner/h.h", DisplayName = "beside a header")]
    [DataRow("gcc", "-Ifirst -Ithird -Isecond", "#include <next.h>", "third/next.h", DisplayName = "include_next")]
    [DataRow("clang-19", "-Ifirst -Ithird -Isecond", "#include <next.h>", "third/next.h", DisplayName = "clang's include_next")]
    public async Task Line_52_a_header_that_shadows_another_is_noticed(string compiler, string options, string include, string shadow)
    {
        _engine.Folder("averylongfoldername");
        _engine.Folder("third");
        _engine.Write("second/h.h", "#define WHICH 2\n");
        _engine.Write("second/outer.h", "#include <inner/in.h>\n");
        _engine.Write("second/inner/in.h", "#include \"h.h\"\n");
        _engine.Write("first/next.h", "#include_next <next.h>\n");
        _engine.Write("second/next.h", "#define WHICH 2\n");
        _engine.Write("src/a.c", include + "\nint a =\n#ifdef WHICH\nWHICH;\n#else\n0;\n#endif\n");
        string line = $"{compiler} {options} -c src/a.c -o a.o";

        // What is looked for beside the source is in src; what the command includes by itself, in the working directory.
        string appearing = shadow == "h.h" && !options.Contains("-include", StringComparison.Ordinal) ? "src/h.h" : shadow;
        if (compiler == "clang-19" && options.Contains("-imacros", StringComparison.Ordinal))
        {
            Assert.AreEqual(UnitOutcome.NotCacheable, (await _engine.MakeAsync(line)).Outcome, "refused for clang");
            return;
        }

        await _engine.DifferAsync(line, () => _engine.Write(appearing, "#define WHICH 1\n"));
        File.Delete(_engine[appearing]);
        Assert.AreEqual(UnitOutcome.LocalHit, (await _engine.MakeAsync(line)).Outcome, "the header is gone again");
    }

    [TestMethod]
    public async Task Line_52_a_header_that_is_gone_fails_as_the_compiler_does()
    {
        _engine.Write("h.h", "");
        _engine.Write("a.c", "#include \"h.h\"\nint a;");
        await _engine.MakeAsync("gcc -c a.c -o a.o");
        File.Delete(_engine["h.h"]);

        Assert.AreEqual(UnitOutcome.Failed, (await _engine.MakeAsync("gcc -c a.c -o a.o")).Outcome);
    }

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    public async Task Line_52_a_twin_that_was_taken_for_another_header_is_noticed_when_it_changes(string compiler)
    {
        // gcc takes files of one content and one time for one, and reports the first alone.
        _engine.Write("one/h.h", "#pragma once\n");
        _engine.Write("two/h.h", "#pragma once\n");
        DateTime time = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_engine["one/h.h"], time);
        File.SetLastWriteTimeUtc(_engine["two/h.h"], time);
        _engine.Settle("two/h.h");
        _engine.Write("a.c", "#include \"one/h.h\"\n#include \"two/h.h\"\nint a =\n#ifdef WHICH\nWHICH;\n#else\n0;\n#endif\n");
        await _engine.DifferAsync($"{compiler} -c a.c -o a.o", () => _engine.Write("two/h.h", "#pragma once\n#define WHICH 2\n"));
    }

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    public async Task Line_53_one_text_beside_different_headers_has_different_keys(string compiler)
    {
        foreach (string folder in new[] { "one", "two" })
        {
            _engine.Write(folder + "/a.c", "#include \"r.h\"\nint a = X;");
            _engine.Write(folder + "/r.h", "#define X " + folder.Length + folder[0]);
        }

        _engine.Write("one/r.h", "#define X 1");
        _engine.Write("two/r.h", "#define X 2");
        await _engine.MakeAsync($"{compiler} -c a.c -o a.o", "one");
        Assert.AreEqual(UnitOutcome.CompiledLocally, (await _engine.MakeAsync($"{compiler} -c a.c -o a.o", "two")).Outcome);
    }

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    public async Task Line_55_the_layout_of_a_source_is_in_the_key(string compiler)
    {
        _engine.Write("a.c", "int a(void) { int unused; return 1; }\n");
        await _engine.DifferAsync($"{compiler} -g -Wall -c a.c -o a.o", () => _engine.Write("a.c", "\nint a(void) { int unused;  return 1; }\n"));
    }

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    public async Task Line_57_87_what_is_printed_is_said_once_and_again_on_a_hit(string compiler)
    {
        _engine.Write("h.h", "#warning look here\n");
        _engine.Write("a.c", "#include \"h.h\"\nint a(void) { int unused; return 1; }\n");
        Made made = await _engine.MakeAsync($"{compiler} -Wall -c a.c -o a.o");
        Made hit = await _engine.MakeAsync($"{compiler} -Wall -c a.c -o a.o");

        Assert.AreEqual(UnitOutcome.LocalHit, hit.Outcome);
        Assert.AreEqual(made.Errors, hit.Errors);
        Assert.HasCount(3, hit.Errors.Split("[-W"), "each once");
    }

    [TestMethod]
    public async Task Line_61_character_sets_are_in_the_key_and_converted_once()
    {
        _engine.Write("a.c", [.. "extern const char *const a; const char *const a = \""u8, 0xE4, .. "\";\n"u8]);
        await _engine.DifferAsync("gcc -finput-charset=latin1 -c a.c -o a.o", "gcc -finput-charset=cp1251 -c a.c -o a.o");
        _engine.Write("b.c", [0xEF, 0xBB, 0xBF, .. "extern const char *const a; const char *const a = \"ä\";\n"u8]);
        await _engine.DifferAsync("gcc -fexec-charset=latin1 -c b.c -o b.o", "gcc -c b.c -o b.o");
    }

    [TestMethod]
    public async Task Line_64_the_language_of_diagnostics_is_in_the_key()
    {
        _engine.Write("a.c", "int a(void) { int unused; return 1; }\n");
        await _engine.DifferAsync("gcc -Wall -c a.c -o a.o", () => _engine.Environment["LC_ALL"] = "C");
    }

    [TestMethod]
    [DataRow("gcc", "CPATH")]
    [DataRow("gcc", "C_INCLUDE_PATH")]
    [DataRow("clang-19", "CPATH")]
    [DataRow("clang-19", "C_INCLUDE_PATH")]
    public async Task Line_65_folders_out_of_the_environment_count_by_what_is_found_there(string compiler, string variable)
    {
        _engine.Write("one/h.h", "#define X 1");
        _engine.Write("two/h.h", "#define X 2");
        _engine.Write("a.c", "#include <h.h>\nint a = X;");
        _engine.Environment[variable] = _engine["one"];
        await _engine.DifferAsync($"{compiler} -c a.c -o a.o", () => _engine.Environment[variable] = _engine["two"]);
        await _engine.DifferAsync($"{compiler} -DY -c a.c -o a.o", () => _engine.Write("two/h.h", "#define X 3"));
    }

    [TestMethod]
    [DataRow("DEPENDENCIES_OUTPUT")]
    [DataRow("SUNPRO_DEPENDENCIES")]
    public async Task Line_66_variables_that_make_more_outputs_are_refused(string variable)
    {
        _engine.Write("a.c", "int a;");
        await _engine.MakeAsync("gcc -c a.c -o a.o");
        _engine.Environment[variable] = _engine["a.dep"];
        await _engine.RefuseAsync("gcc -c a.c -o a.o", variable);
    }

    [TestMethod]
    [DataRow("h.h", "#define X 1")]
    [DataRow("b.c", "#include \"h.h\"\nint b = X;\n")]
    public async Task Line_67_68_what_is_written_during_the_build_is_compiled_and_not_kept(string written, string text)
    {
        _engine.Write("h.h", "#define X 1");
        _engine.Write("a.c", "int a;");
        _engine.Write("b.c", "#include \"h.h\"\nint b = X;");
        TranslationUnit[] units = [Unit("a.c"), Unit("b.c")];

        IReadOnlyList<UnitResult> results = await _engine.BuildAsync(units, new AtFirstFinished(() => _engine.Write(written, text)));

        Assert.AreEqual(UnitOutcome.CompiledLocally, results[1].Outcome);
        Assert.Contains("changed during the build", results[1].Reason!);
        Made next = await _engine.MakeAsync("gcc -c b.c -o b.o");
        Assert.AreEqual(UnitOutcome.CompiledLocally, next.Outcome, "the result was not kept");
        Assert.DoesNotContain("not kept", next.Reason!);
    }

    [TestMethod]
    public async Task Line_67_a_time_in_the_future_does_not_keep_a_file_from_the_store()
    {
        _engine.Write("a.c", "int a;");
        File.SetLastWriteTimeUtc(_engine["a.c"], DateTime.UtcNow.AddYears(1));
        Thread.Sleep(50);
        Assert.AreEqual(UnitOutcome.CompiledLocally, (await _engine.MakeAsync("gcc -c a.c -o a.o")).Outcome);
        Assert.AreEqual(UnitOutcome.LocalHit, (await _engine.MakeAsync("gcc -c a.c -o a.o")).Outcome);
    }

    private TranslationUnit Unit(string source)
    {
        string target = Path.ChangeExtension(source, ".o");
        return new TranslationUnit(source, _engine[source], _engine[target], new CompileCommand("gcc", ["-c", source, "-o", target], _engine[""].TrimEnd('/'), _engine.Environment));
    }
}
