using DistBuild.Core.Compilers.Msvc;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Compilers.Msvc;

/// <summary>The lines of the list that only cl's command line has, with cl.exe; those that other tests of this folder prove are named in the list with these.</summary>
[TestClass]
public sealed class KeyLinesOfClTests : IDisposable
{
    private readonly ClEngine _engine = new();

    public void Dispose() => _engine.Dispose();

    [TestMethod]
    public async Task Two_builds_of_one_toolset_share_nothing_10()
    {
        await _engine.HitAsync();
        _engine.Cl.Write("c2.dll", "19.38.33131\nclang-cl-19\n");
        _engine.SettleCompiler();

        await _engine.MissAsync();

        _engine.Cl.Write("c2.dll", "19.38.33130\nclang-cl-19\n");
        _engine.SettleCompiler();
        Assert.AreEqual(UnitOutcome.LocalHit, (await _engine.MakeAsync()).Outcome);
    }

    [TestMethod]
    [DataRow("/O2 /W4", "-O2 -W4")]
    [DataRow("/I other /D X", "-Iother -DX")]
    [DataRow("/showIncludes /FIinc/h.h", "-showIncludes -FIinc/h.h")]
    public async Task Slash_and_dash_are_one_17_18(string one, string other)
    {
        await _engine.MakeAsync(one);

        Assert.AreEqual(UnitOutcome.LocalHit, (await _engine.BuildAsync(_engine.Command(other))).Outcome);
    }

    [TestMethod]
    public async Task Another_spelling_of_a_path_is_another_unit_and_no_path_is_rewritten_43()
    {
        await _engine.MakeAsync("", "a.cpp");

        foreach (string spelled in (string[])["./a.cpp", "inc/../a.cpp"])
        {
            await _engine.MissAsync("", spelled);
        }
    }

    [TestMethod]
    public async Task A_forced_include_stays_as_it_is_spelled_and_is_found_as_the_compiler_finds_it_45_52()
    {
        _engine.Write("inc/forced.h", "#define FORCED 1\n");
        _engine.Write("a.cpp", "int a = FORCED;\n");
        await _engine.HitAsync("/FIforced.h");
        byte[] first = await File.ReadAllBytesAsync(_engine["a.obj"]);

        _engine.Write("forced.h", "#define FORCED 2\n");

        await _engine.MissAsync("/FIforced.h");
        CollectionAssert.AreNotEqual(first, await File.ReadAllBytesAsync(_engine["a.obj"]));
    }

    [TestMethod]
    [DataRow("/clr", "managed")]
    [DataRow("/ZW", "managed")]
    [DataRow("/analyze", "analysis")]
    [DataRow("/Yupch.h /Fpx.pch /analyze", "analysis")]
    [DataRow("/E", "preprocesses")]
    [DataRow("/Zs", "makes no object")]
    public void What_no_text_says_is_not_cached_59_74_21_22(string options, string why) =>
        Assert.Contains(why, ((CommandVerdict.RunLocally)CompilerLab.Parse(_engine.Command(options))).Why);

    [TestMethod]
    [DataRow("/Zc:preprocessor")]
    [DataRow("/Zc:preprocessor-")]
    [DataRow("/experimental:preprocessor")]
    [DataRow("/std:c++20")]
    [DataRow("/permissive-")]
    [DataRow("/Zc:__cplusplus")]
    public async Task The_kind_of_preprocessor_and_language_counts_60(string option)
    {
        await _engine.MakeAsync();

        Assert.AreEqual(UnitOutcome.CompiledLocally, (await _engine.BuildAsync(_engine.Command(option))).Outcome);
    }

    [TestMethod]
    public void Nothing_is_added_to_a_command_but_what_makes_it_report_62()
    {
        CompileCommand command = _engine.Command("/O2 /MP /Fdx.pdb /FS");
        ClFamily family = new(new ClReporting(ToFile: true, "")), old = new(new ClReporting(ToFile: false, "00"));
        CommandVerdict.Cacheable verdict = (CommandVerdict.Cacheable)family.Parse(command);

        // The old way and /MP exclude each other, and cl says so.
        CollectionAssert.AreEqual(
            (string[])[.. command.Arguments, "/sourceDependencies", "x.reads"],
            family.CompileSource(command, verdict, command.FullPath(verdict.Object), "x.reads").Arguments.ToArray());
        CollectionAssert.AreEqual(
            (string[])[.. command.Arguments.Where(argument => argument != "/MP"), "/showIncludes"], old.CompileSource(command, verdict, command.FullPath(verdict.Object), "x.reads").Arguments.ToArray());
    }

    [TestMethod]
    public async Task The_makers_object_and_header_are_both_its_own_compilers_and_never_kept_71()
    {
        _engine.Write("pch.h", "#include \"h.h\"\n");
        _engine.Write("pch.cpp", "#include \"pch.h\"\nint made = H;\n");
        for (int build = 0; build < 2; build++)
        {
            UnitResult made = await _engine.BuildAsync(_engine.Command("/Ycpch.h /Fpx.pch", "pch.cpp"));

            Assert.AreEqual(UnitOutcome.NotCacheable, made.Outcome);
            Assert.Contains("makes a precompiled header", made.Reason!);
            Assert.IsTrue(File.Exists(_engine["x.pch"]) && File.Exists(_engine["pch.obj"]));
            File.Delete(_engine["x.pch"]);
        }
    }

    [TestMethod]
    [DataRow("/Fpinc")]
    [DataRow("/Fpmissing.pch")]
    [DataRow("")]
    public async Task A_header_that_is_no_file_keeps_a_unit_from_being_cached_72(string file)
    {
        UnitResult result = await _engine.BuildAsync(_engine.Command("/Yuh.h " + file));

        Assert.AreNotEqual(UnitOutcome.CompiledLocally, result.Outcome);
        Assert.Contains("cannot be read", ((CommandVerdict.RunLocally)CompilerLab.Parse(_engine.Command("/Yuh.h " + file))).Why);
    }

    [TestMethod]
    public async Task Another_precompiled_header_is_another_unit_and_the_old_one_hits_again_70_71_76()
    {
        _engine.Write("pch.h", "#define PCH 1\n");
        _engine.Write("pch.cpp", "#include \"pch.h\"\n");
        _engine.Write("user.cpp", "#include \"pch.h\"\nint user = PCH;\n");
        await _engine.BuildAsync(_engine.Command("/Ycpch.h /Fpx.pch", "pch.cpp"));
        byte[] first = await File.ReadAllBytesAsync(_engine["x.pch"]);
        ClEngine.Settle(_engine["x.pch"]);
        await _engine.HitAsync("/Yupch.h /Fpx.pch", "user.cpp");

        _engine.Write("pch.h", "#define PCH 2\n");
        await _engine.BuildAsync(_engine.Command("/Ycpch.h /Fpx.pch", "pch.cpp"));
        ClEngine.Settle(_engine["x.pch"]);
        await _engine.MissAsync("/Yupch.h /Fpx.pch", "user.cpp");

        _engine.Write("pch.h", "#define PCH 1\n");
        _engine.Write("x.pch", first);
        Assert.AreEqual(UnitOutcome.LocalHit, (await _engine.BuildAsync(_engine.Command("/Yupch.h /Fpx.pch", "user.cpp"))).Outcome);
    }

    [TestMethod]
    [DataRow("/Z7")]
    [DataRow("/Zi /Z7 /Fdx.pdb")]
    public async Task Embedded_debug_information_is_cached_and_the_last_format_wins_78(string options) => await _engine.HitAsync(options);

    [TestMethod]
    public void A_database_becomes_embedded_where_it_is_asked_for_and_nowhere_else_81()
    {
        ClFamily family = new();

        Assert.IsInstanceOfType<CommandVerdict.RunLocally>(family.Parse(_engine.Command("/Zi /Fdx.pdb")));
        Assert.IsInstanceOfType<CommandVerdict.Cacheable>(family.Parse(family.Embed(_engine.Command("/Zi /Fdx.pdb"))!));
        Assert.IsNull(family.Embed(_engine.Command("/O2")));
    }

    [TestMethod]
    public async Task The_time_in_an_object_counts_nowhere_83()
    {
        CompileCommand command = _engine.Command("");
        command = command with { Arguments = [.. command.Arguments.Where(argument => argument != "/Brepro")] };
        await _engine.BuildAsync(command);
        byte[] first = await File.ReadAllBytesAsync(_engine["a.obj"]);

        UnitResult second = await _engine.BuildAsync(command);

        Assert.AreEqual(UnitOutcome.LocalHit, second.Outcome);
        CollectionAssert.AreEqual(first, await File.ReadAllBytesAsync(_engine["a.obj"]));
    }
}
