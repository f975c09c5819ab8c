using DistBuild.Core.Client;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Records;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Compilers.Msvc;

/// <summary>clang-cl through the engine, with a real store and without agents; numbers are those of the cache key facts.</summary>
[TestClass]
public sealed class ClangClEngineTests : IDisposable
{
    private static readonly Lazy<TemporaryFolder> Toolchains = new(() => new TemporaryFolder());

    private readonly CompilerLab _lab = ClLab.Create();

    [ClassCleanup]
    public static void Forget()
    {
        if (Toolchains.IsValueCreated)
        {
            Toolchains.Value.Dispose();
        }
    }

    public void Dispose() => _lab.Dispose();

    [TestInitialize]
    public void Settle()
    {
        // What the compiler is, is found out once.
        Directory.CreateDirectory(Path.Combine(_lab.Project, "store"));
        Directory.CreateSymbolicLink(Path.Combine(_lab.Project, "store", "toolchains"), Toolchains.Value.Path);

        // Written so long ago that a later edit must show.
        foreach (string file in Directory.GetFiles(_lab.Project, "*", SearchOption.AllDirectories))
        {
            Settle(file);
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("/O2 /MD /W4 /std:c++20 /FC /FIinc/h.h")]
    [DataRow("/Z7")]
    [DataRow("/Zi /clang:-gno-codeview-command-line")]
    [DataRow("/Fosub/ /Z7")]
    public async Task A_second_compile_is_a_direct_hit_with_the_same_bytes(string options)
    {
        Directory.CreateDirectory(Path.Combine(_lab.Project, "sub"));
        CompileCommand command = _lab.Compile(options);

        UnitResult first = await BuildAsync(command);
        byte[] compiled = Take(command);
        UnitResult second = await BuildAsync(command);

        Assert.AreEqual((UnitOutcome.CompiledLocally, (KeyMode?)KeyMode.Direct), (first.Outcome, first.Keyed));
        Assert.AreEqual((UnitOutcome.LocalHit, (KeyMode?)KeyMode.Direct), (second.Outcome, second.Keyed));
        CollectionAssert.AreEqual(compiled, Take(command));
    }

    [TestMethod]
    public async Task What_the_compiler_prints_is_printed_once_on_its_own_stream_also_by_a_hit_87()
    {
        Settle(_lab.Write("inc/h.h", "#include \"deep.h\"\n#define H 3\n#define SQUARE(x) ((x) * (x))\n"));
        Settle(_lab.Write("inc/deep.h", ""));
        Settle(_lab.Write("a.cpp", "#include \"h.h\"\nint a() { int unused = 1; return H; }\n"));
        CompileCommand command = _lab.Compile("/W4 /showIncludes");

        UnitResult first = await BuildAsync(command);
        Take(command);
        UnitResult second = await BuildAsync(command);

        Assert.AreEqual("Note: including file: inc/h.h\nNote: including file:  inc/deep.h\n", first.Output);
        Assert.StartsWith("a.cpp(2,15): warning: unused variable 'unused' [-Wunused-variable]\n", first.Errors);
        Assert.EndsWith("1 warning generated.\n", first.Errors);
        Assert.AreEqual((UnitOutcome.LocalHit, first.Output, first.Errors), (second.Outcome, second.Output, second.Errors));
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
    [DataRow("--target=x86_64-w64-windows-gnu")]
    [DataRow("/clang:-O2")]
    public async Task Another_argument_is_another_unit_14_16_19(string option)
    {
        Settle(_lab.Write("other/o.h", ""));
        await BuildAsync(_lab.Compile("/Foa.obj"));

        Assert.AreNotEqual(UnitOutcome.LocalHit, (await BuildAsync(_lab.Compile(option + " /Foa.obj"))).Outcome);
    }

    [TestMethod]
    public async Task Spelling_and_the_name_of_the_object_are_not_17_18_25()
    {
        await BuildAsync(_lab.Compile("/O2 /D X /Foa.obj"));

        foreach (string same in (string[])["-O2 -DX -o b.obj", "/O2 /DX /Foc /nologo /FS /Fdx.pdb", "@same.rsp"])
        {
            _lab.Write("same.rsp", "/O2 \"/DX\"");
            Assert.AreEqual(UnitOutcome.LocalHit, (await BuildAsync(_lab.Compile(same))).Outcome, same);
        }
    }

    [TestMethod]
    public async Task The_name_of_the_object_counts_where_debug_information_has_it_40()
    {
        await BuildAsync(_lab.Compile("/Z7 /Foa.obj"));

        Assert.AreEqual(UnitOutcome.CompiledLocally, (await BuildAsync(_lab.Compile("/Z7 /Fob.obj"))).Outcome);
        Assert.AreEqual(UnitOutcome.LocalHit, (await BuildAsync(_lab.Compile("/Z7 /Foa.obj"))).Outcome);
    }

    [TestMethod]
    public async Task A_checkout_elsewhere_shares_what_records_no_path_36_37_44()
    {
        foreach (string checkout in (string[])["one", "two"])
        {
            Settle(_lab.Write(checkout + "/inc/h.h", "#define H 3\n#define SQUARE(x) (x)\n"));
            Settle(_lab.Write(checkout + "/a.cpp", "#include \"h.h\"\nint a(int x) { return SQUARE(x) + H; }\n"));
        }

        Assert.AreEqual(UnitOutcome.CompiledLocally, (await BuildAsync(In("one", ""))).Outcome);
        Assert.AreEqual(UnitOutcome.LocalHit, (await BuildAsync(In("two", ""))).Outcome);
        Assert.AreEqual(UnitOutcome.CompiledLocally, (await BuildAsync(In("one", "/Z7"))).Outcome);
        Assert.AreEqual(UnitOutcome.CompiledLocally, (await BuildAsync(In("two", "/Z7"))).Outcome);
        const string Mapped = "/Z7 /Brepro -fdebug-compilation-dir=. /clang:-gno-codeview-command-line";
        Assert.AreEqual(UnitOutcome.CompiledLocally, (await BuildAsync(In("one", Mapped))).Outcome);
        byte[] one = Take(In("one", Mapped));
        Assert.AreEqual(UnitOutcome.LocalHit, (await BuildAsync(In("two", Mapped))).Outcome);
        CollectionAssert.AreEqual(one, (await CompilerLab.CompilePlainAsync(In("two", Mapped))).Object);
        _lab.Write("two/inc/h.h", "#define H 4\n#define SQUARE(x) (x)\n");
        Assert.AreEqual(UnitOutcome.CompiledLocally, (await BuildAsync(In("two", ""))).Outcome);
    }

    [TestMethod]
    public async Task A_header_that_appears_earlier_is_not_missed_52()
    {
        Directory.CreateDirectory(Path.Combine(_lab.Project, "first"));
        await BuildAsync(_lab.Compile("/Ifirst"));
        _lab.Write("first/h.h", "#define H 9\n#define SQUARE(x) (x)\n");

        Assert.AreEqual(UnitOutcome.CompiledLocally, (await BuildAsync(_lab.Compile("/Ifirst"))).Outcome);
    }

    [TestMethod]
    public async Task A_header_that_appears_beside_a_file_further_up_is_not_missed_52()
    {
        // cl looks for a quoted name in the folders of all files that include the one with the name.
        Settle(_lab.Write("src/b.cpp", "#include \"sub/one.h\"\nint b = FOUND;\n"));
        Settle(_lab.Write("src/sub/one.h", "#include \"deep/two.h\"\n"));
        Settle(_lab.Write("src/sub/deep/two.h", "#include \"found.h\"\n"));
        Settle(_lab.Write("src/found.h", "#define FOUND 1\n"));
        CompileCommand command = _lab.Compile("", "src/b.cpp");
        Assert.AreEqual((KeyMode?)KeyMode.Direct, (await BuildAsync(command)).Keyed);
        byte[] first = Take(command);
        _lab.Write("src/sub/found.h", "#define FOUND 2\n");

        Assert.AreEqual(UnitOutcome.CompiledLocally, (await BuildAsync(command)).Outcome);
        CollectionAssert.AreNotEqual(first, Take(command));
    }

    [TestMethod]
    public async Task A_forced_include_that_appears_in_the_working_directory_is_not_missed_52()
    {
        Settle(_lab.Write("src/b.cpp", "int b = FORCED;\n"));
        Settle(_lab.Write("inc/forced.h", "#define FORCED 1\n"));
        CompileCommand command = _lab.Compile("/FIforced.h", "src/b.cpp");
        await BuildAsync(command);
        byte[] first = Take(command);
        await BuildAsync(command);
        CollectionAssert.AreEqual(first, Take(command));
        _lab.Write("forced.h", "#define FORCED 2\n");

        await BuildAsync(command);

        CollectionAssert.AreNotEqual(first, Take(command));
    }

    [TestMethod]
    public async Task The_folders_in_INCLUDE_count_by_name_and_order_65()
    {
        Settle(_lab.Write("one/sys.h", "#define SYS 1\n"));
        Settle(_lab.Write("two/sys.h", "#define SYS 2\n"));
        Settle(_lab.Write("a.cpp", "#include <sys.h>\nint sys = SYS;\n"));
        CompileCommand command = _lab.Compile("");
        string one = Path.Combine(_lab.Project, "one"), two = Path.Combine(_lab.Project, "two");

        _lab.Environment["INCLUDE"] = $"{one};{two}";
        await BuildAsync(command);
        byte[] first = Take(command);
        _lab.Environment["INCLUDE"] = $"{two};{one}";
        Assert.AreEqual(UnitOutcome.CompiledLocally, (await BuildAsync(command)).Outcome);
        CollectionAssert.AreNotEqual(first, Take(command));
        _lab.Environment["INCLUDE"] = $"{one};{two}";
        Assert.AreEqual(UnitOutcome.LocalHit, (await BuildAsync(command)).Outcome);
        CollectionAssert.AreEqual(first, Take(command));
    }

    [TestMethod]
    public async Task Units_of_one_build_may_have_other_folders_in_INCLUDE_each_65()
    {
        Directory.CreateDirectory(Path.Combine(_lab.Project, "empty"));
        Settle(_lab.Write("full/sys.h", "#define SYS 1\n"));
        Settle(_lab.Write("a.cpp", "#include <sys.h>\nint sys = SYS;\n"));
        string empty = Path.Combine(_lab.Project, "empty"), full = Path.Combine(_lab.Project, "full");
        CompileCommand one = WithIncludes(_lab.Compile("/Foone.obj"), full), two = WithIncludes(_lab.Compile("/Fotwo.obj"), $"{empty};{full}");
        await using (BuildSession session = Session())
        {
            await BuildAsync(session, one, "none", keep: false);
            await BuildAsync(session, two, "none", keep: false);
        }

        byte[] first = Take(two);
        _lab.Write("empty/sys.h", "#define SYS 2\n");

        Assert.AreEqual(UnitOutcome.LocalHit, (await BuildAsync(one)).Outcome);
        Assert.AreEqual(UnitOutcome.CompiledLocally, (await BuildAsync(two)).Outcome);
        CollectionAssert.AreNotEqual(first, Take(two));
    }

    [TestMethod]
    public async Task The_variables_CL_and__CL__count_28()
    {
        CompileCommand command = _lab.Compile("");
        await BuildAsync(command);
        _lab.Environment["CL"] = "/DV=1";
        Assert.AreEqual(UnitOutcome.CompiledLocally, (await BuildAsync(command)).Outcome);
        _lab.Environment["_CL_"] = "/UV";
        Assert.AreEqual(UnitOutcome.CompiledLocally, (await BuildAsync(command)).Outcome);
        _lab.Environment.Remove("CL");
        _lab.Environment.Remove("_CL_");
        Assert.AreEqual(UnitOutcome.LocalHit, (await BuildAsync(command)).Outcome);
    }

    [TestMethod]
    public async Task Time_macros_are_never_served_from_a_manifest_47()
    {
        Settle(_lab.Write("a.cpp", "const char *when = __TIME__;\n"));
        for (int build = 0; build < 3; build++)
        {
            UnitResult result = await BuildAsync(_lab.Compile(""));
            Assert.AreNotEqual((UnitOutcome.LocalHit, (KeyMode?)KeyMode.Direct), (result.Outcome, result.Keyed));
        }
    }

    [TestMethod]
    [DataRow("asm(\".section .x\\n.incbin \\\"data\\\"\");")]
    [DataRow("asm(\".section .x\\n.inc\" \"bin \\\"data\\\"\");")]
    [DataRow("const unsigned char data[] = {\n#embed \"data\"\n};\nextern const unsigned char *const all; const unsigned char *const all = data;")]
    public async Task What_is_read_behind_the_preprocessors_back_is_never_out_of_date_49_50(string source)
    {
        Settle(_lab.Write("data", "one"));
        Settle(_lab.Write("a.cpp", source + "\n"));
        CompileCommand command = _lab.Compile("-Wno-c23-extensions");
        Assert.AreNotEqual(UnitOutcome.Failed, (await BuildAsync(command)).Outcome);
        await BuildAsync(command);
        byte[] first = Take(command);
        Settle(_lab.Write("data", "two"));

        await BuildAsync(command);

        CollectionAssert.AreNotEqual(first.AsSpan(8).ToArray(), Take(command).AsSpan(8).ToArray());
    }

    [TestMethod]
    public async Task A_header_that_was_asked_for_and_appears_is_not_missed_51()
    {
        Settle(_lab.Write("a.cpp", "#if __has_include(\"late.h\")\nint late;\n#else\nint never;\n#endif\n"));
        CompileCommand command = _lab.Compile("");
        await BuildAsync(command);
        Assert.AreEqual((KeyMode?)KeyMode.Direct, (await BuildAsync(command)).Keyed);
        _lab.Write("late.h", "");

        Assert.AreEqual(UnitOutcome.CompiledLocally, (await BuildAsync(command)).Outcome);
    }

    [TestMethod]
    public async Task The_same_source_by_another_path_is_another_unit_41()
    {
        Settle(_lab.Write("sub/a.cpp", await File.ReadAllTextAsync(Path.Combine(_lab.Project, "a.cpp"))));
        await BuildAsync(_lab.Compile("/Foa.obj"));

        Assert.AreEqual(UnitOutcome.CompiledLocally, (await BuildAsync(_lab.Compile("/Foa.obj", "sub/a.cpp"))).Outcome);
        Assert.AreEqual(UnitOutcome.CompiledLocally, (await BuildAsync(_lab.Compile("/Foa.obj", Path.Combine(_lab.Project, "a.cpp")))).Outcome);
    }

    [TestMethod]
    public async Task A_hit_that_is_compiled_again_to_compare_differs_in_nothing_but_the_time_83()
    {
        CompileCommand command = _lab.Compile("/W4");
        await BuildAsync(command);
        byte[] first = await File.ReadAllBytesAsync(Path.Combine(_lab.Project, "a.obj"));
        await using BuildSession session = new(new BuildOptions { Store = Path.Combine(_lab.Project, "store"), Broadcast = false, Verify = 100 }, TimeProvider.System);
        uint written = BitConverter.ToUInt32(first, 4);
        SpinWait.SpinUntil(() => DateTimeOffset.UtcNow.ToUnixTimeSeconds() > written);

        UnitResult verified = await BuildAsync(session, command, "none", keep: false);

        Assert.AreEqual((UnitOutcome.LocalHit, (bool?)true), (verified.Outcome, verified.Verified));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("/Z7")]
    public async Task Users_of_a_precompiled_header_are_cached_by_its_content_70_75(string options)
    {
        await MakeAsync(options);
        CompileCommand user = _lab.Compile($"{options} /Yupch.h /Fpx.pch /Brepro", "user.cpp");
        Assert.AreEqual(UnitOutcome.CompiledLocally, (await BuildAsync(user)).Outcome);
        byte[] first = Take(user);
        Assert.AreEqual(UnitOutcome.LocalHit, (await BuildAsync(user)).Outcome);
        CollectionAssert.AreEqual(first, Take(user));

        File.Copy(Path.Combine(_lab.Project, "x.pch"), Path.Combine(_lab.Project, "copy.pch"));
        Settle(Path.Combine(_lab.Project, "copy.pch"));
        UnitResult elsewhere = await BuildAsync(_lab.Compile($"{options} /Yupch.h /Fpcopy.pch /Brepro", "user.cpp"));
        Assert.AreEqual(options.Length == 0 ? UnitOutcome.LocalHit : UnitOutcome.CompiledLocally, elsewhere.Outcome);

        await MakeAsync(options + " /DMORE");
        Assert.AreEqual(UnitOutcome.CompiledLocally, (await BuildAsync(user)).Outcome);
    }

    [TestMethod]
    public async Task A_changed_precompiled_header_recompiles_its_users_and_making_one_is_local_77()
    {
        CompileCommand make = _lab.Compile("/Z7 /Ycpch.h /Fpx.pch", "pch.cpp"), user = _lab.Compile("/Yupch.h /Fpx.pch", "user.cpp");
        UnitResult made = await BuildAsync(make, "build.records", keep: true);
        Assert.AreEqual(UnitOutcome.NotCacheable, made.Outcome);
        Assert.Contains("/Ycpch.h", made.Reason!);
        Settle(Path.Combine(_lab.Project, "x.pch"));
        Assert.AreEqual(UnitOutcome.UpToDate, (await BuildAsync(make, "build.records", keep: true)).Outcome);
        await BuildAsync(user, "build.records", keep: true);
        Assert.AreEqual(UnitOutcome.UpToDate, (await BuildAsync(user, "build.records", keep: true)).Outcome);

        await MakeAsync("/DMORE");

        Assert.AreEqual(UnitOutcome.CompiledLocally, (await BuildAsync(user, "build.records", keep: true)).Outcome);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task A_precompiled_header_that_is_gone_or_not_the_one_that_was_made_is_made_again(bool gone)
    {
        CompileCommand make = _lab.Compile("/Ycpch.h /Fpx.pch", "pch.cpp");
        string header = make.FullPath("x.pch");
        TranslationUnit unit = new("pch.cpp", make.FullPath("pch.cpp"), make.FullPath("pch.obj"), make) { OtherOutputs = [header] };
        BuildRecords records = BuildRecords.Load(Path.Combine(_lab.Project, "plain.records"));
        UnitCompiler compiler = new(null, records, new Listener(), 1);
        await compiler.CompileAsync([unit], CancellationToken.None);
        Assert.AreEqual(UnitOutcome.UpToDate, (await compiler.CompileAsync([unit], CancellationToken.None)).Single().Outcome);

        File.Delete(header);
        if (!gone)
        {
            File.WriteAllText(header, "something else");
        }

        Assert.AreEqual(UnitOutcome.CompiledLocally, (await compiler.CompileAsync([unit], CancellationToken.None)).Single().Outcome);
        Assert.IsGreaterThan(1000, new FileInfo(header).Length);
    }

    [TestMethod]
    public async Task Results_and_records_say_what_was_read()
    {
        CompileCommand command = _lab.Compile("");
        UnitResult made = await BuildAsync(command, "build.records", keep: true);

        string[] expected = [command.FullPath("a.cpp"), command.FullPath("inc/h.h")];
        CollectionAssert.AreEquivalent(expected, made.Inputs.Select(command.FullPath).ToArray());
        BuildRecords records = BuildRecords.Load(Path.Combine(_lab.Project, "build.records"));
        CollectionAssert.AreEquivalent(expected, records.InputsOf(command.FullPath("a.obj"))!.ToArray());
        Assert.IsNull(records.InputsOf(command.FullPath("other.obj")));
    }

    [TestMethod]
    public async Task Without_a_store_a_changed_precompiled_header_recompiles_its_users_too()
    {
        await MakeAsync("");
        CompileCommand user = _lab.Compile("/Yupch.h /Fpx.pch", "user.cpp");
        BuildRecords records = BuildRecords.Load(Path.Combine(_lab.Project, "plain.records"));
        TranslationUnit[] units = [new TranslationUnit("user.cpp", user.FullPath("user.cpp"), user.FullPath("user.obj"), user)];
        UnitCompiler plain = new(null, records, new Listener(), 1);
        await plain.CompileAsync(units, CancellationToken.None);
        Assert.AreEqual(UnitOutcome.UpToDate, (await plain.CompileAsync(units, CancellationToken.None)).Single().Outcome);

        await MakeAsync("/DMORE");

        Assert.AreEqual(UnitOutcome.CompiledLocally, (await plain.CompileAsync(units, CancellationToken.None)).Single().Outcome);
    }

    [TestMethod]
    public async Task A_failure_is_the_compilers_own_and_leaves_no_object_86()
    {
        await BuildAsync(_lab.Compile(""));
        _lab.Write("a.cpp", "int a() { return nonsense; }\n");

        UnitResult failed = await BuildAsync(_lab.Compile(""));

        Assert.AreEqual(UnitOutcome.Failed, failed.Outcome);
        Assert.StartsWith("a.cpp(1,18): error: use of undeclared identifier 'nonsense'", failed.Errors);
        Assert.IsFalse(File.Exists(Path.Combine(_lab.Project, "a.obj")));
    }

    [TestMethod]
    public async Task What_is_not_cacheable_is_compiled_as_the_command_says_and_is_up_to_date_afterwards()
    {
        CompileCommand command = _lab.Compile("/FA /Z7");
        UnitResult first = await BuildAsync(command, "build.records", keep: true);

        Assert.AreEqual(UnitOutcome.NotCacheable, first.Outcome);
        Assert.Contains("/FA", first.Reason!);
        Assert.IsTrue(File.Exists(Path.Combine(_lab.Project, "a.asm")));
        Assert.AreEqual(UnitOutcome.UpToDate, (await BuildAsync(command, "build.records", keep: true)).Outcome);
    }

    private async Task MakeAsync(string options)
    {
        await ClLab.MakePrecompiledHeaderAsync(_lab, options);
        Settle(Path.Combine(_lab.Project, "x.pch"));
    }

    private CompileCommand In(string folder, string options) => _lab.Compile(options) with { WorkingDirectory = Path.Combine(_lab.Project, folder) };

    private static byte[] Take(CompileCommand command)
    {
        string path = command.FullPath(CompilerLab.Cacheable(command).Object);
        byte[] content = File.ReadAllBytes(path);
        File.Delete(path);
        return content;
    }

    private static CompileCommand WithIncludes(CompileCommand command, string folders) =>
        command with { Environment = new Dictionary<string, string>(command.Environment.ToDictionary()) { ["INCLUDE"] = folders } };

    private BuildSession Session() => new(new BuildOptions { Store = Path.Combine(_lab.Project, "store"), Broadcast = false }, TimeProvider.System);

    private async Task<UnitResult> BuildAsync(CompileCommand command, string recordsFile = "none", bool keep = false)
    {
        await using BuildSession session = Session();
        return await BuildAsync(session, command, recordsFile, keep);
    }

    private async Task<UnitResult> BuildAsync(BuildSession session, CompileCommand command, string recordsFile, bool keep)
    {
        string target = command.FullPath(CompilerLab.Parse(command) is CommandVerdict.Cacheable verdict ? verdict.Object : Path.ChangeExtension(command.Arguments[^1], ".obj"));
        BuildRecords records = BuildRecords.Load(Path.Combine(_lab.Project, recordsFile));
        TranslationUnit unit = new(command.Arguments[^1], command.FullPath(command.Arguments[^1]), target, command);
        UnitResult result = (await new UnitCompiler(session, records, new Listener(), 1).CompileAsync([unit], CancellationToken.None)).Single();
        if (keep)
        {
            records.Save();
        }

        return result;
    }

    private static void Settle(string path)
    {
        Assert.IsTrue(FileIdentity.TryRead(path, out FileIdentity written));
        SpinWait.SpinUntil(() => written.SettledBefore(FileIdentity.Now()));
    }

    private sealed class Listener : IBuildObserver
    {
        public void Finished(UnitResult result, int finished, int total)
        {
        }

        public void Report(Diagnostic diagnostic, params object[] values)
        {
        }
    }
}
