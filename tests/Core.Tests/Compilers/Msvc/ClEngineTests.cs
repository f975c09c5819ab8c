using System.Text;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Records;

namespace DistBuild.Core.Tests.Compilers.Msvc;

/// <summary>cl.exe through the engine, by the program that stands for it; numbers are those of the cache key facts.</summary>
[TestClass]
public sealed class ClEngineTests : IDisposable
{
    // Before and since /sourceDependencies.
    private const string Old = "19.16.27051", New = "19.38.33130";

    private readonly ClEngine _engine = new();

    public void Dispose() => _engine.Dispose();

    [TestMethod]
    [DataRow(New, "")]
    [DataRow(New, "/O2 /MD /W4 /std:c++20 /FC /FIinc/h.h")]
    [DataRow(New, "/Z7")]
    [DataRow(New, "/Fosub/ /showIncludes")]
    [DataRow(Old, "")]
    [DataRow(Old, "/Z7 /W4")]
    [DataRow(Old, "/showIncludes")]
    public async Task A_second_compile_is_a_direct_hit_with_the_plain_compilers_bytes_and_words_87_88(string version, string options)
    {
        using ClEngine engine = new(version);
        Directory.CreateDirectory(engine["sub"]);
        engine.Write("inc/h.h", "#include \"deep.h\"\n#define H 3\n#define SQUARE(x) ((x) * (x))\n");
        engine.Write("inc/deep.h", "");
        engine.Write("a.cpp", "#include \"h.h\"\nint a(int x) { int unused; return SQUARE(x) + H; }\n");

        await engine.HitAsync(options);

        engine.Write("inc/deep.h", "#define MORE\n");
        await engine.MissAsync(options);
    }

    [TestMethod]
    [DataRow("/O2")]
    [DataRow("/DV=1")]
    [DataRow("/MD")]
    [DataRow("/TC")]
    [DataRow("/Z7")]
    [DataRow("/wd4996")]
    [DataRow("/unheard")]
    [DataRow("/showIncludes")]
    [DataRow("/Iother")]
    [DataRow("/external:Iother")]
    [DataRow("/FIother/o.h")]
    [DataRow("/J")]
    [DataRow("/Zp8")]
    [DataRow("/fp:fast")]
    [DataRow("/Zc:preprocessor")]
    [DataRow("/permissive-")]
    [DataRow("/utf-8")]
    [DataRow("/execution-charset:utf-8")]
    [DataRow("/FC")]
    [DataRow("/Fob.obj")]
    public async Task Another_argument_is_another_unit_14_16_19_40_42_60_61_63(string option)
    {
        _engine.Write("other/o.h", "");
        await _engine.MakeAsync();

        Assert.AreNotEqual(UnitOutcome.LocalHit, (await _engine.BuildAsync(_engine.Command(option))).Outcome);
    }

    [TestMethod]
    public async Task Spelling_and_what_changes_nothing_are_not_17_18_25()
    {
        await _engine.MakeAsync("/O2 /DX /Foa.obj");

        foreach (string same in (string[])["-O2 -D X -Foa", "/O2 /D X /MP /FS /Fdx.pdb /errorReport:queue", "@same.rsp"])
        {
            _engine.Write("same.rsp", "/O2 \"/DX\"");
            Assert.AreEqual(UnitOutcome.LocalHit, (await _engine.MakeAsync(same)).Outcome, same);
        }
    }

    [TestMethod]
    public async Task Response_files_are_read_in_every_encoding_of_cls_and_count_by_what_they_say_26()
    {
        const string Words = "/DNAME=\\\"Übung\\\" /O2";
        byte[][] same = [[0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Words)], [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Words)], Encoding.Latin1.GetBytes(Words)];
        List<UnitOutcome> outcomes = [];
        foreach (byte[] content in same)
        {
            _engine.Write("x.rsp", content);
            outcomes.Add((await _engine.BuildAsync(_engine.Command("@x.rsp"))).Outcome);
        }

        CollectionAssert.AreEqual((UnitOutcome[])[UnitOutcome.CompiledLocally, UnitOutcome.LocalHit, UnitOutcome.LocalHit], outcomes);
        _engine.Write("x.rsp", "/O1");
        await _engine.MissAsync("@x.rsp");
    }

    [TestMethod]
    public async Task A_checkout_elsewhere_has_objects_of_its_own_40_44_46()
    {
        foreach (string checkout in (string[])["one", "two"])
        {
            _engine.Write(checkout + "/inc/h.h", "#define H 3\n#define SQUARE(x) (x)\n");
            _engine.Write(checkout + "/a.cpp", "#include \"h.h\"\nint a(int x) { return SQUARE(x) + H; }\n");
        }

        foreach (string checkout in (string[])["one", "two"])
        {
            Assert.AreEqual(UnitOutcome.CompiledLocally, (await _engine.MakeAsync("", directory: checkout)).Outcome);
            Assert.AreEqual(UnitOutcome.LocalHit, (await _engine.MakeAsync("", directory: checkout)).Outcome);
        }
    }

    [TestMethod]
    [DataRow("c1xx.dll", "/GS-\n-DC1XX=2\n")]
    [DataRow("c1.dll", "/GS-\n-DC1=2\n")]
    [DataRow("c2.dll", "19.38.33145\nclang-cl-19\n")]
    [DataRow("1033/clui.dll", "Microsoft (R) C/C++ Optimizing Compiler Version %s for x64 \nNote: including  file:\n")]
    [DataRow("cl.exe.config", "<configuration/>")]
    [DataRow("mspdbcore.dll", "writes debug information")]
    public async Task Another_part_beside_an_unchanged_driver_is_another_compiler_1_6_10(string part, string content)
    {
        await _engine.HitAsync();

        _engine.Cl.Write(part, content);
        _engine.SettleCompiler();

        await _engine.MissAsync();
    }

    [TestMethod]
    public async Task A_part_that_changes_in_size_and_time_alone_is_no_other_compiler_and_a_byte_is_2()
    {
        await _engine.HitAsync();
        DateTime modified = File.GetLastWriteTimeUtc(_engine.Cl["c1xx.dll"]);
        _engine.Cl.Write("c1xx.dll", "/Gw\n\n");
        File.SetLastWriteTimeUtc(_engine.Cl["c1xx.dll"], modified);

        await _engine.MissAsync();

        _engine.Cl.Write("c1xx.dll", "/GS-\n");
        File.SetLastWriteTimeUtc(_engine.Cl["c1xx.dll"], modified.AddHours(1));
        Assert.AreEqual(UnitOutcome.LocalHit, (await _engine.MakeAsync()).Outcome);
    }

    [TestMethod]
    [DataRow(Old)]
    [DataRow(New)]
    public async Task The_language_of_its_words_counts_and_their_bytes_are_kept_as_they_are_64_89(string version)
    {
        using ClEngine engine = new(version);
        engine.Cl.Speak(1031, Encoding.Latin1.GetBytes("Microsoft (R) C/C++-Optimierungscompiler Version %s für x64\nHinweis: Einlesen der Datei:\n"));
        // Code page 932.
        byte[] japanese = [0x83, 0x81, 0x83, 0x82, 0x3A, 0x20, 0x83, 0x43, 0x83, 0x93, 0x83, 0x4E, 0x83, 0x8B, 0x81, 0x5B, 0x83, 0x68, 0x20, 0x83, 0x74, 0x83, 0x40, 0x83, 0x43, 0x83, 0x8B, 0x3A, 0x0A];
        engine.Cl.Speak(1041, [.. "Microsoft(R) C/C++ Optimizing Compiler Version %s for x64\n"u8, .. japanese]);
        engine.SettleCompiler();
        foreach (string language in (string[])["1033", "1031", "1041"])
        {
            engine.Environment["VSLANG"] = language;
            await engine.HitAsync("/W4");
            await engine.HitAsync("/W4 /showIncludes");
        }

        engine.Write("inc/h.h", "#define H 4\n#define SQUARE(x) (x)\n");
        await engine.MissAsync("/W4");
        await engine.MissAsync("/W4 /showIncludes");
    }

    [TestMethod]
    [DataRow(Old)]
    [DataRow(New)]
    public async Task A_header_whose_name_is_printed_in_the_code_page_is_read_like_any_other_34_89(string version)
    {
        using ClEngine engine = new(version);
        engine.Write("inc/grün dort.h", "#define H 3\n");
        engine.Write("a.cpp", "#include \"grün dort.h\"\nint a() { int unused; return H; }\n");
        await engine.HitAsync("/W4");

        engine.Write("inc/grün dort.h", "#define H 4\n");

        await engine.MissAsync("/W4");
    }

    [TestMethod]
    [DataRow(Old)]
    [DataRow(New)]
    public async Task What_would_go_to_a_pipe_of_Visual_Studios_is_printed(string version)
    {
        using ClEngine engine = new(version);
        engine.Environment["VS_UNICODE_OUTPUT"] = "1";
        await engine.HitAsync("/showIncludes");

        UnitResult refused = await engine.MakeAsync("/showIncludes /FA");

        Assert.AreEqual(UnitOutcome.NotCacheable, refused.Outcome);
        Assert.StartsWith("a.cpp\r\nNote: including file: ", refused.Output);
    }

    [TestMethod]
    [DataRow("/Zi", "/Z7")]
    [DataRow("/Zi /Fdprivate.pdb", "/Z7")]
    [DataRow("/ZI", "edit and continue")]
    [DataRow("/FA", "more files")]
    [DataRow("/Fax.asm", "more files")]
    [DataRow("/sourceDependencies own.json", "list of what it read")]
    public async Task What_shares_files_or_writes_more_is_compiled_as_it_is_with_the_reason_79_80_82(string options, string why)
    {
        UnitResult result = await _engine.MakeAsync(options);

        Assert.AreEqual(UnitOutcome.NotCacheable, result.Outcome);
        Assert.Contains(why, result.Reason!);
    }

    [TestMethod]
    [DataRow("#import \"x.tlb\"\n")]
    [DataRow("  #  import <x.tlb> no_namespace\n")]
    [DataRow("/* two\nlines */ #using <mscorlib.dll>\n")]
    [DataRow("# \\\nusing <x>\n")]
    [DataRow("#pragma include_alias(\"h.h\", \"g.h\")\n")]
    public async Task What_reads_or_renames_files_unreported_is_never_kept_nor_up_to_date_59(string directive)
    {
        _engine.Write("inc/h.h", $"#if 0\n{directive}#endif\n#define H 3\n#define SQUARE(x) (x)\n");
        for (int build = 0; build < 3; build++)
        {
            BuildRecords records = _engine.Records();
            UnitResult result = await _engine.BuildAsync(_engine.Command(""), records);
            records.Save();
            Assert.IsTrue(result.Outcome is UnitOutcome.NotCacheable or UnitOutcome.CompiledLocally, $"{result.Outcome}");
            Assert.IsNotNull(result.Reason);
        }
    }

    [TestMethod]
    public async Task Using_declarations_are_no_directives_59()
    {
        _engine.Write("a.cpp", "/* A license. */\nnamespace n { int one; }\nusing namespace n;\n#define USE using n::one\n/* x */ using n::one;\nint import = one;\n");

        await _engine.HitAsync();
    }

    [TestMethod]
    public async Task A_header_that_appears_earlier_is_not_missed_52()
    {
        Directory.CreateDirectory(_engine["first"]);
        await _engine.HitAsync("/Ifirst");
        byte[] before = await File.ReadAllBytesAsync(_engine["a.obj"]);
        _engine.Write("h.h", "#define H 9\n#define SQUARE(x) (x)\n");

        await _engine.MissAsync("/Ifirst");
        CollectionAssert.AreNotEqual(before, await File.ReadAllBytesAsync(_engine["a.obj"]));
    }

    [TestMethod]
    public async Task A_header_that_appears_beside_a_file_further_up_is_not_missed_52()
    {
        _engine.Write("src/b.cpp", "#include \"sub/one.h\"\nint b = FOUND;\n");
        _engine.Write("src/sub/one.h", "#include \"deep/two.h\"\n");
        _engine.Write("src/sub/deep/two.h", "#include \"found.h\"\n");
        _engine.Write("src/found.h", "#define FOUND 1\n");
        await _engine.HitAsync("", "src/b.cpp");
        _engine.Write("src/sub/found.h", "#define FOUND 2\n");

        await _engine.MissAsync("", "src/b.cpp");
    }

    [TestMethod]
    public async Task The_folders_of_the_environment_count_by_name_order_and_content_65()
    {
        _engine.Write("one/sys.h", "#define SYS 1\n");
        _engine.Write("two/sys.h", "#define SYS 2\n");
        Directory.CreateDirectory(_engine["late"]);
        _engine.Write("a.cpp", "#include <sys.h>\nint sys = SYS;\n");
        _engine.Environment["INCLUDE"] = $"{_engine["one"]};{_engine["two"]}";
        await _engine.HitAsync();
        _engine.Environment["INCLUDE"] = $"{_engine["two"]};{_engine["one"]}";
        await _engine.HitAsync();
        _engine.Environment["INCLUDE"] = $"{_engine["late"]};{_engine["one"]}";
        await _engine.HitAsync();
        _engine.Write("late/sys.h", "#define SYS 3\n");
        await _engine.MissAsync();
    }

    [TestMethod]
    public async Task A_header_that_appears_in_either_of_the_two_variables_folders_is_not_missed_52_65()
    {
        _engine.Write("one/sys.h", "#define SYS 1\n");
        Directory.CreateDirectory(_engine["external"]);
        _engine.Write("a.cpp", "#include <sys.h>\nint sys = SYS;\n");
        _engine.Environment["INCLUDE"] = _engine["one"];
        _engine.Environment["EXTERNAL_INCLUDE"] = _engine["external"];
        await _engine.HitAsync();

        _engine.Write("external/sys.h", "#define SYS 3\n");

        await _engine.MissAsync();
    }

    [TestMethod]
    public async Task The_variables_CL_and__CL__count_28()
    {
        await _engine.HitAsync();
        _engine.Environment["CL"] = "/DV#1";
        await _engine.HitAsync();
        _engine.Environment["_CL_"] = "/Zi";
        Assert.AreEqual(UnitOutcome.NotCacheable, (await _engine.MakeAsync()).Outcome);
        _engine.Environment.Remove("CL");
        _engine.Environment.Remove("_CL_");
        Assert.AreEqual(UnitOutcome.LocalHit, (await _engine.MakeAsync()).Outcome);
    }

    [TestMethod]
    public async Task Time_macros_are_never_served_from_a_manifest_47()
    {
        _engine.Write("a.cpp", "const char *when = __TIME__;\n");
        for (int build = 0; build < 3; build++)
        {
            UnitResult result = await _engine.BuildAsync(_engine.Command(""));
            Assert.AreNotEqual((UnitOutcome.LocalHit, (KeyMode?)KeyMode.Direct), (result.Outcome, result.Keyed));
        }
    }

    [TestMethod]
    public async Task Where_the_header_search_is_not_known_the_text_is_the_key_15_55()
    {
        _engine.Environment["MORE"] = _engine["inc"];
        UnitResult first = await _engine.MakeAsync("/external:env:MORE"), second = await _engine.MakeAsync("/external:env:MORE");
        Assert.AreEqual((UnitOutcome.CompiledLocally, (KeyMode?)KeyMode.Preprocessed), (first.Outcome, first.Keyed), first.Reason);
        Assert.AreEqual((UnitOutcome.LocalHit, (KeyMode?)KeyMode.Preprocessed), (second.Outcome, second.Keyed), second.Reason);

        // Only blanks change, and with them the place of everything behind.
        _engine.Write("a.cpp", "#include \"h.h\"\nint a(int x)   { return SQUARE(x) + H; }\n");
        await _engine.MissAsync("/external:env:MORE");
    }

    [TestMethod]
    public async Task A_failure_is_said_as_the_compiler_says_it_and_leaves_no_object_85_86()
    {
        await _engine.MakeAsync();
        _engine.Write("a.cpp", "int a() { return nonsense; }\n");

        UnitResult failed = await _engine.MakeAsync();

        Assert.AreEqual(UnitOutcome.Failed, failed.Outcome);
        Assert.StartsWith("a.cpp\r\na.cpp(1,18): error: use of undeclared identifier 'nonsense'", failed.Output);
        Assert.IsFalse(File.Exists(_engine["a.obj"]));
    }

    [TestMethod]
    [DataRow(Old)]
    [DataRow(New)]
    public async Task A_precompiled_header_is_made_once_and_its_content_is_in_the_key_of_its_users_70_76(string version)
    {
        using ClEngine engine = new(version);
        engine.Write("pch.h", "#include \"h.h\"\ninline int twice(int x) { return 2 * x; }\n");
        engine.Write("pch.cpp", "#include \"pch.h\"\n");
        engine.Write("user.cpp", "#include \"pch.h\"\nint user(int x) { return twice(x) + H; }\n");
        const string Make = "/Ycpch.h /Fpx.pch", Use = "/Yupch.h /Fpx.pch";

        BuildRecords records = engine.Records();
        UnitResult made = await engine.BuildAsync(engine.Command(Make, "pch.cpp"), records, [engine["x.pch"]]);
        Assert.AreEqual(UnitOutcome.NotCacheable, made.Outcome, made.Output);
        Assert.AreEqual(UnitOutcome.UpToDate, (await engine.BuildAsync(engine.Command(Make, "pch.cpp"), records, [engine["x.pch"]])).Outcome);
        ClEngine.Settle(engine["x.pch"]);
        await engine.HitAsync(Use, "user.cpp");

        engine.Write("inc/h.h", "#define H 4\n#define SQUARE(x) (x)\n");
        Assert.AreEqual(UnitOutcome.NotCacheable, (await engine.BuildAsync(engine.Command(Make, "pch.cpp"), records, [engine["x.pch"]])).Outcome);
        ClEngine.Settle(engine["x.pch"]);
        await engine.MissAsync(Use, "user.cpp");
    }

    [TestMethod]
    public async Task What_is_up_to_date_is_known_without_its_store_entry()
    {
        BuildRecords records = _engine.Records();
        await _engine.BuildAsync(_engine.Command(""), records);
        Assert.AreEqual(UnitOutcome.UpToDate, (await _engine.BuildAsync(_engine.Command(""), records)).Outcome);

        _engine.Write("inc/h.h", "#define H 4\n#define SQUARE(x) (x)\n");

        Assert.AreEqual(UnitOutcome.CompiledLocally, (await _engine.BuildAsync(_engine.Command(""), records)).Outcome);
    }
}
