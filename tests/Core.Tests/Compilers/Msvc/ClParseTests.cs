using DistBuild.Core.Compilers;
using DistBuild.Core.Compilers.Msvc;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Compilers.Msvc;

/// <summary>Verdicts on command lines, without a compiler; numbers are those of the cache key facts.</summary>
[TestClass]
public sealed class ClParseTests
{
    [TestMethod]
    [DataRow("/E", "preprocesses")]
    [DataRow("/EP", "preprocesses")]
    [DataRow("/P", "preprocesses")]
    [DataRow("-E", "preprocesses")]
    [DataRow("/Zs", "makes no object")]
    [DataRow("/clr", "managed")]
    [DataRow("/clr:pure", "managed")]
    [DataRow("/ZW", "managed")]
    [DataRow("/ZW:nostdlib", "managed")]
    [DataRow("/AIdir", "managed")]
    [DataRow("/FUx.dll", "managed")]
    [DataRow("/Gm", "database")]
    [DataRow("/ZI", "database")]
    [DataRow("/FRx.sbr", "more files")]
    [DataRow("/Frx.sbr", "more files")]
    [DataRow("/FA", "more files")]
    [DataRow("/FAcs", "more files")]
    [DataRow("/Fax.asm", "more files")]
    [DataRow("/doc", "more files")]
    [DataRow("/docx.xml", "more files")]
    [DataRow("/Fx", "more files")]
    [DataRow("/analyze", "analysis")]
    [DataRow("/analyze:log x", "analysis")]
    [DataRow("/experimental:module", "modules")]
    [DataRow("/interface", "modules")]
    [DataRow("/exportHeader", "modules")]
    [DataRow("/ifcOutput x", "modules")]
    [DataRow("/headerUnit a=b", "modules")]
    [DataRow("/scanDependencies x.json", "modules")]
    [DataRow("/sourceDependencies x.json", "list of what it read")]
    [DataRow("/Ycpch.h", "makes a precompiled header")]
    [DataRow("/Yc", "makes a precompiled header")]
    [DataRow("/Yumissing.h", "cannot be read")]
    [DataRow("/Yumissing.h /Fp.", "cannot be read")]
    [DataRow("/Yu", "where its precompiled header ends")]
    [DataRow("/u", "macros")]
    [DataRow("/link /OUT:x", "linker's")]
    [DataRow("b.cpp", "several files")]
    [DataRow("/Tcb.cpp", "several files")]
    [DataRow("@missing.rsp", "cannot be read")]
    [DataRow("/I", "value is missing")]
    [DataRow("/Fonul", "not a file of its own")]
    public void What_a_cache_cannot_give_is_left_here_with_the_reason_22_23_24_27_59_71_72_77_82(string options, string why)
    {
        foreach (bool clang in (bool[])[true, false])
        {
            CommandVerdict.RunLocally verdict = (CommandVerdict.RunLocally)Judge(clang, options);
            Assert.Contains(why, verdict.Why);
            Assert.IsGreaterThan(0, verdict.Argument.Length);
        }
    }

    [TestMethod]
    [DataRow("-Xclang -load", "-Xclang -load")]
    [DataRow("-mllvm -x", "-mllvm -x")]
    [DataRow("-march=native", "-march=native")]
    [DataRow("-fplugin=x.so", "-fplugin=x.so")]
    [DataRow("-fprofile-use=x", "-fprofile-use=x")]
    [DataRow("-fcoverage-mapping", "-fcoverage-mapping")]
    [DataRow("-ftime-trace", "-ftime-trace")]
    [DataRow("-fmodule-file=x", "-fmodule-file=x")]
    [DataRow("--config=x", "--config=x")]
    [DataRow("--rsp-quoting=posix", "--rsp-quoting=posix")]
    [DataRow("-xc", "-xc")]
    [DataRow("-funheard-of=/a/file", "-funheard-of=/a/file")]
    [DataRow("/winsysroot x", "/winsysroot x")]
    [DataRow("/clang:-MD /clang:-MFx.d", "/clang:-MD")]
    [DataRow("/clang:-include /clang:x.h", "/clang:-include /clang:x.h")]
    [DataRow("/clang:b.cpp", "/clang:b.cpp")]
    [DataRow("/clang:-o /clang:x.o", "/clang:-o /clang:x.o")]
    [DataRow("/clang:-save-temps", "/clang:-save-temps")]
    public void Options_of_clangs_own_are_judged_as_clang_judges_them_7_8_12_31_32(string options, string argument) =>
        Assert.AreEqual(argument, ((CommandVerdict.RunLocally)Judge(clang: true, options)).Argument);

    [TestMethod]
    [DataRow("/c", "a.obj", "c++")]
    [DataRow("/Fox.obj", "x.obj", "c++")]
    [DataRow("-Foout/", "out/a.obj", "c++")]
    [DataRow("/Foout/x", "out/x.obj", "c++")]
    [DataRow("/Fo:x.o", "x.o", "c++")]
    [DataRow("/Fo: x.o", "x.o", "c++")]
    [DataRow("/Foa.obj /Fob.obj", "b.obj", "c++")]
    [DataRow("/TC", "a.obj", "c")]
    [DataRow("/TC /TP", "a.obj", "c++")]
    public void Object_and_language_are_the_compilers_19(string options, string objectFile, string language)
    {
        foreach (bool clang in (bool[])[true, false])
        {
            CommandVerdict.Cacheable verdict = (CommandVerdict.Cacheable)Judge(clang, options);
            Assert.AreEqual(("a.cpp", objectFile, language), (verdict.Source, verdict.Object, verdict.Language));
        }
    }

    [TestMethod]
    [DataRow("/c a.c", "a.c", "c")]
    [DataRow("/c -- a.c", "a.c", "c")]
    [DataRow("/c -- -odd.cpp", "-odd.cpp", "c++")]
    [DataRow("/c /Tcodd.x", "odd.x", "c")]
    [DataRow("/c /Tp odd.x", "odd.x", "c++")]
    [DataRow("/c /Tcodd.x /TP", "odd.x", "c++")]
    [DataRow("/c a.b.cxx", "a.b.cxx", "c++")]
    public void A_source_is_found_however_it_is_named_19_34(string arguments, string source, string language)
    {
        using CompilerLab lab = new();
        CommandVerdict.Cacheable verdict = CompilerLab.Cacheable(lab.Command(ClLab.Compiler, arguments.Split(' ')));

        Assert.AreEqual((source, language), (verdict.Source, verdict.Language));
    }

    [TestMethod]
    public void A_full_path_on_this_system_is_a_source_and_an_unknown_switch_is_not_18_63()
    {
        using CompilerLab lab = new();
        string source = lab.Write("a.cpp", "");

        CommandVerdict.Cacheable verdict = CompilerLab.Cacheable(lab.Command(ClLab.Compiler, "/c", source, "/unheard", "/also:of/this", "-nor-of-this"));

        Assert.AreEqual(source, verdict.Source);
        CollectionAssert.AreEqual(new[] { "/unheard", "/also:of/this", "-nor-of-this" }, verdict.KeyArguments.ToArray());
    }

    [TestMethod]
    [DataRow("/O2 /D X /Idir", "-O2 -DX -I dir")]
    [DataRow("/FIx.h /U Y /MD", "-FI x.h -UY -MD")]
    [DataRow("/Fox.obj /Fdx.pdb /FS /nologo /errorReport:queue /O1", "/O1")]
    public void One_meaning_has_one_spelling_17_18_25(string one, string other)
    {
        CommandVerdict.Cacheable first = (CommandVerdict.Cacheable)Judge(clang: true, one), second = (CommandVerdict.Cacheable)Judge(clang: true, other);

        CollectionAssert.AreEqual(first.PreprocessorArguments.ToArray(), second.PreprocessorArguments.ToArray());
        CollectionAssert.AreEqual(first.KeyArguments.ToArray(), second.KeyArguments.ToArray());
    }

    [TestMethod]
    public void Order_and_every_word_count_14()
    {
        string[] keys = [.. ((string[])["/W3 /W4", "/W4 /W3", "/W4", "/wd4996", "/WX", "/unheard", "/fp:fast", "/Zp8", "/J", "/Qspectre", "/vmg", "/favor:AMD64", "/showIncludes"])
            .Select(options => string.Join(' ', ((CommandVerdict.Cacheable)Judge(clang: true, options)).KeyArguments))];

        Assert.HasCount(keys.Length, keys.Distinct().ToArray());
    }

    [TestMethod]
    public void Only_the_last_debug_format_counts_78_79()
    {
        Assert.IsInstanceOfType<CommandVerdict.Cacheable>(Judge(clang: true, "/Zi"));
        Assert.IsInstanceOfType<CommandVerdict.Cacheable>(Judge(clang: false, "/Zi /Z7"));
        CommandVerdict.RunLocally shared = (CommandVerdict.RunLocally)Judge(clang: false, "/Z7 /Zi /Fdvc143.pdb");
        Assert.AreEqual("/Zi", shared.Argument);
        Assert.Contains("/Z7", shared.Why);
        Assert.IsInstanceOfType<CommandVerdict.RunLocally>(Judge(clang: false, "/Zi /Fdprivate.pdb"));
    }

    [TestMethod]
    [DataRow("/Zi", DebugStorage.Database)]
    [DataRow("/Z7 /Zi", DebugStorage.Database)]
    [DataRow("/ZI", DebugStorage.EditAndContinue)]
    [DataRow("/clr /Zi", DebugStorage.Object)]
    [DataRow("/Gm", DebugStorage.Object)]
    public void It_is_known_whether_the_place_of_debug_information_is_the_reason_79(string options, DebugStorage storage) =>
        Assert.AreEqual(storage, ((CommandVerdict.RunLocally)Judge(clang: false, options)).Debug);

    [TestMethod]
    [DataRow("/Zi", "/Z7")]
    [DataRow("-Zi", "/Z7")]
    [DataRow("/Z7 /O2 /Zi /Fdx.pdb /FS", "/Z7 /O2 /Z7 /Fdx.pdb /FS")]
    [DataRow("/ZI /Zi", "/ZI /Z7")]
    [DataRow("/Zi /Z7", null)]
    [DataRow("/Zi /ZI", null)]
    [DataRow("/Z7", null)]
    [DataRow("/O2", null)]
    [DataRow("/Zi @missing.rsp", null)]
    public void Debug_information_is_embedded_where_it_would_go_to_a_database_and_nowhere_else_81(string options, string? embedded)
    {
        CompileCommand command = new("cl", ["/c", "a.cpp", .. options.Split(' ')], "/", CompilerLab.CleanEnvironment);

        CompileCommand? made = new ClFamily().Embed(command);

        Assert.AreEqual(embedded, made is null ? null : string.Join(' ', made.Arguments.Skip(2)));
    }

    [TestMethod]
    public void With_embedded_debug_information_a_unit_is_cacheable_81()
    {
        CompileCommand command = new("cl", ["/c", "a.cpp", "/Zi", "/Fdvc143.pdb", "/FS"], "/", CompilerLab.CleanEnvironment);

        Assert.IsInstanceOfType<CommandVerdict.Cacheable>(new ClFamily().Parse(new ClFamily().Embed(command)!));
    }

    [TestMethod]
    public void What_makes_and_what_awaits_a_precompiled_header_is_known_unless_more_stands_against_it_77()
    {
        Assert.AreEqual("x64/app.pch", ((CommandVerdict.RunLocally)Judge(clang: true, "/Ycpch.h /Fpx64/app.pch")).Makes);
        Assert.AreEqual("x64/app.pch", ((CommandVerdict.RunLocally)Judge(clang: true, "/Yupch.h /Fpx64/app")).Awaits);
        Assert.IsNull(((CommandVerdict.RunLocally)Judge(clang: true, "/Ycpch.h")).Makes, "where nothing names the file, it is the compiler's own affair");
        Assert.IsNull(((CommandVerdict.RunLocally)Judge(clang: true, "/Ycpch.h /Fpapp.pch /clr")).Makes);
        Assert.IsNull(((CommandVerdict.RunLocally)Judge(clang: false, "/Ycpch.h /Fpapp.pch /Zi")).Makes);
        Assert.IsNull(((CommandVerdict.RunLocally)Judge(clang: true, "/Yu /Fpapp.pch")).Awaits);
        Assert.IsNull(((CommandVerdict.RunLocally)Judge(clang: true, "/Ycpch.h /Yupch.h /Fpapp.pch /Y-x")).Awaits);
    }

    [TestMethod]
    [DataRow("/O2", false)]
    [DataRow("/Z7", true)]
    [DataRow("/Zi", true)]
    [DataRow("-g", true)]
    [DataRow("/clang:-gline-tables-only", true)]
    [DataRow("/FC", true)]
    [DataRow("/Z7 -fdebug-compilation-dir=.", true)]
    [DataRow("/Z7 -fdebug-compilation-dir=. /clang:-gno-codeview-command-line", false)]
    [DataRow("/Z7 -fdebug-compilation-dir=. --target=x86_64-w64-windows-gnu", false)]
    public void The_working_directory_counts_where_it_shows_36_37_42(string options, bool shows) =>
        Assert.AreEqual(shows, ((CommandVerdict.Cacheable)Judge(clang: true, options)).EmbedsWorkingDirectory);

    [TestMethod]
    [DataRow("a.cpp")]
    [DataRow("/O2 a.cpp /Fea.exe")]
    [DataRow("/c")]
    [DataRow("/c /?")]
    [DataRow("/c a.cpp --version")]
    [DataRow("/c a.cpp -###")]
    [DataRow("")]
    public void What_compiles_nothing_is_no_compilation(string arguments)
    {
        using CompilerLab lab = new();
        Assert.IsInstanceOfType<CommandVerdict.NotACompilation>(CompilerLab.Parse(lab.Command(ClLab.Compiler, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries))));
    }

    [TestMethod]
    [DataRow("COMPILER_PATH")]
    [DataRow("CC_PRINT_HEADERS")]
    public void Variables_that_change_the_compiler_are_named_9(string variable)
    {
        using CompilerLab lab = new();
        lab.Environment[variable] = "x";
        Assert.AreEqual(variable, ((CommandVerdict.RunLocally)CompilerLab.Parse(lab.Command(ClLab.Compiler, "/c", "a.cpp"))).Argument);
    }

    [TestMethod]
    [DataRow("/O2", "/O2 /Foother.obj")]
    [DataRow("/O2", "/O2 /utf-8")]
    public void An_object_of_cl_has_its_name_and_the_systems_characters_in_it_40_61(string one, string other)
    {
        CommandVerdict.Cacheable first = (CommandVerdict.Cacheable)Judge(clang: false, one), second = (CommandVerdict.Cacheable)Judge(clang: false, other);

        Assert.IsTrue(first.EmbedsWorkingDirectory);
        CollectionAssert.AreNotEqual(first.PreprocessorArguments.ToArray(), second.PreprocessorArguments.ToArray());
    }

    [TestMethod]
    public void A_text_of_cl_is_never_sent_with_the_reason_40()
    {
        CompileCommand command = new("cl.exe", ["/c", "a.cpp"], "/", CompilerLab.CleanEnvironment);
        ClFamily family = new();

        foreach (PreprocessPlan plan in family.Preprocess(command, (CommandVerdict.Cacheable)family.Parse(command)))
        {
            Assert.Contains("full name", family.Refuse(plan.Job)!);
        }
    }

    [TestMethod]
    public void A_folder_of_cl_may_end_in_a_backslash()
    {
        Assert.AreEqual("x64\\Debug\\a.obj", ((CommandVerdict.Cacheable)Judge(clang: false, "/Fox64\\Debug\\")).Object);
        Assert.AreEqual("x64.d\\odd.obj", ((CommandVerdict.Cacheable)Judge(clang: false, "/Fox64.d\\odd")).Object);
    }

    private static CommandVerdict Judge(bool clang, string options)
    {
        CompileCommand command = new("cl", ["/c", "a.cpp", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)], "/", CompilerLab.CleanEnvironment);
        return clang ? new ClangClFamily().Parse(command) : new ClFamily().Parse(command);
    }
}
