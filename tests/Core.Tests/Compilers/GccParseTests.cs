using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Compilers;

/// <summary>gcc and clang command lines by the lines of the cache key facts; the numbers are theirs.</summary>
[TestClass]
public sealed class GccParseTests
{
    [TestMethod]
    [DataRow("gcc -c a.c -o a.o", "a.c", "a.o", "c")]
    [DataRow("gcc -c sub/a.b.c", "sub/a.b.c", "a.b.o", "c")]
    [DataRow("gcc -ca.o -c a.c -oout/x.obj", "a.c", "out/x.obj", "c")]
    [DataRow("g++ -c a.c -o a.o", "a.c", "a.o", "c++")]
    [DataRow("gcc -c a.cc", "a.cc", "a.o", "c++")]
    [DataRow("gcc -c a.C", "a.C", "a.o", "c++")]
    [DataRow("gcc -x c++ -c a.c", "a.c", "a.o", "c++")]
    [DataRow("gcc -xc -c a.cpp", "a.cpp", "a.o", "c")]
    [DataRow("gcc -x c++ -x none -c a.c", "a.c", "a.o", "c")]
    [DataRow("gcc -c a.c -x c++", "a.c", "a.o", "c")]
    [DataRow("clang-19 -c -o a.o -- odd.c", "odd.c", "a.o", "c")]
    [DataRow("clang++-19 -c größe,1.cpp", "größe,1.cpp", "größe,1.o", "c++")]
    public void Source_object_and_language_are_read_as_the_compiler_reads_them_19_34(string line, string source, string expectedObject, string language)
    {
        CommandVerdict.Cacheable verdict = CompilerLab.Cacheable(Command(line));

        Assert.AreEqual(source, verdict.Source);
        Assert.AreEqual(expectedObject, verdict.Object);
        Assert.AreEqual(language, verdict.Language);
    }

    [TestMethod]
    [DataRow("gcc a.c -o a")]
    [DataRow("gcc a.o b.o -o a")]
    [DataRow("gcc -specs=x a.o -o a")]
    [DataRow("gcc -E a.c")]
    [DataRow("gcc -c -E a.c")]
    [DataRow("gcc -M -c a.c")]
    [DataRow("gcc -MM a.c")]
    [DataRow("gcc --version")]
    [DataRow("gcc -dumpmachine")]
    [DataRow("gcc -print-prog-name=cc1")]
    [DataRow("clang-19 -### -c a.c")]
    [DataRow("gcc -c")]
    [DataRow("gcc")]
    public void Calls_that_make_no_object_are_left_alone_22_24(string line) => Assert.IsInstanceOfType<CommandVerdict.NotACompilation>(CompilerLab.Parse(Command(line)));

    [TestMethod]
    [DataRow("gcc -S a.c", "-S")]
    [DataRow("gcc -fsyntax-only a.c", "-fsyntax-only")]
    [DataRow("clang-19 -c --analyze a.c", "--analyze")]
    [DataRow("gcc -c a.c -save-temps", "-save-temps")]
    [DataRow("gcc -c a.c -save-temps=obj", "-save-temps=obj")]
    [DataRow("gcc -c a.c -fdump-tree-all", "-fdump-tree-all")]
    [DataRow("gcc -c a.c -dr", "-dr")]
    [DataRow("gcc -c a.c -aux-info x", "-aux-info x")]
    [DataRow("gcc -c a.c -frepo", "-frepo")]
    [DataRow("gcc -c a.c -wrapper gdb", "-wrapper gdb")]
    [DataRow("clang-19 -c a.c -ftime-trace", "-ftime-trace")]
    [DataRow("clang-19 -c a.c -MJ x.json", "-MJ x.json")]
    [DataRow("clang-19 -c a.c -gen-cdb-fragment-path x", "-gen-cdb-fragment-path x")]
    [DataRow("gcc -c a.c -fstack-usage", "-fstack-usage")]
    [DataRow("gcc -c a.c -fdiagnostics-format=sarif-file", "-fdiagnostics-format=sarif-file")]
    [DataRow("gcc -c a.c -o -", "-o -")]
    [DataRow("gcc -c a.c -o /dev/null", "-o /dev/null")]
    [DataRow("gcc -c a.c b.c", "b.c")]
    [DataRow("gcc -c -x c -", "-")]
    [DataRow("clang-19 -c -- -odd.c", "-odd.c")]
    [DataRow("gcc -c -- a.c", "--")]
    [DataRow("gcc -c a.s", "a.s")]
    [DataRow("gcc -c a.S", "a.S")]
    [DataRow("gcc -c a.m", "a.m")]
    [DataRow("gcc -x assembler -c a.c", "-x assembler")]
    [DataRow("gcc -x c-header -c a.h", "-x c-header")]
    [DataRow("g++ -c a.h", "a.h")]
    [DataRow("gcc -c a", "a")]
    [DataRow("gcc -c a.c @missing", "@missing")]
    [DataRow("gcc -c a.c -o", "-o")]
    public void Extra_outputs_and_other_products_stay_here_20_21_22_23_24_27(string line, string argument) => AssertLocal(line, argument);

    [TestMethod]
    [DataRow("gcc -c a.c -fplugin=x.so", "-fplugin=x.so")]
    [DataRow("gcc -c a.c -fplugin-arg-x-y=z", "-fplugin-arg-x-y=z")]
    [DataRow("clang-19 -c a.c -Xclang -load", "-Xclang -load")]
    [DataRow("clang-19 -c a.c -fpass-plugin=x", "-fpass-plugin=x")]
    [DataRow("gcc -c a.c -specs=x", "-specs=x")]
    [DataRow("gcc -c a.c --specs=x", "--specs=x")]
    [DataRow("clang-19 -c a.c --config=x", "--config=x")]
    [DataRow("clang-19 -c a.c --config-system-dir=x", "--config-system-dir=x")]
    [DataRow("gcc -c a.c -B/opt/bin", "-B/opt/bin")]
    [DataRow("gcc -c a.c -B /opt/bin", "-B /opt/bin")]
    [DataRow("clang-19 -c a.c -no-integrated-as", "-no-integrated-as")]
    [DataRow("clang-19 -c a.c --driver-mode=g++", "--driver-mode=g++")]
    [DataRow("gcc -c a.c -march=native", "-march=native")]
    [DataRow("gcc -c a.c -mtune=native", "-mtune=native")]
    [DataRow("clang-19 -c a.c -mcpu=native", "-mcpu=native")]
    [DataRow("gcc -c a.c -frecord-gcc-switches", "-frecord-gcc-switches")]
    [DataRow("clang-19 -c a.c -frecord-command-line", "-frecord-command-line")]
    [DataRow("gcc -c a.c -flto", "-flto")]
    [DataRow("clang-19 -c a.c -fbuild-session-file=x", "-fbuild-session-file=x")]
    [DataRow("clang-19 -c a.c -fmodule-file=x", "-fmodule-file=x")]
    [DataRow("gcc -c a.c -fmodules-ts", "-fmodules-ts")]
    [DataRow("clang-19 -c a.c -fthinlto-index=x", "-fthinlto-index=x")]
    [DataRow("clang-19 -c a.c -fsanitize-ignorelist=x", "-fsanitize-ignorelist=x")]
    [DataRow("clang-19 -c a.c -fsanitize-blacklist=x", "-fsanitize-blacklist=x")]
    [DataRow("clang-19 -c a.c --warning-suppression-mappings=x", "--warning-suppression-mappings=x")]
    [DataRow("clang-19 -c a.c -frandomize-layout-seed-file=x", "-frandomize-layout-seed-file=x")]
    [DataRow("gcc -c a.c -fprofile-use", "-fprofile-use")]
    [DataRow("gcc -c a.c -fprofile-use=x", "-fprofile-use=x")]
    [DataRow("gcc -c a.c -fauto-profile", "-fauto-profile")]
    [DataRow("clang-19 -c a.c -fprofile-instr-use=x", "-fprofile-instr-use=x")]
    [DataRow("clang-19 -c a.c -Xarch_host -O2", "-Xarch_host")]
    [DataRow("clang-19 -c a.c -arch x86_64", "-arch x86_64")]
    [DataRow("gcc -c a.c -g -gsplit-dwarf", "-gsplit-dwarf")]
    [DataRow("gcc -c a.c --coverage", "--coverage")]
    [DataRow("gcc -c a.c -fprofile-arcs", "-fprofile-arcs")]
    [DataRow("gcc -c a.c -ftest-coverage", "-ftest-coverage")]
    [DataRow("gcc -c a.c -fprofile-generate=x", "-fprofile-generate=x")]
    [DataRow("clang-19 -c a.c -include-pch x", "-include-pch x")]
    [DataRow("gcc -c a.c -Wp,-MD,x.d", "-Wp,-MD,x.d")]
    [DataRow("gcc -c a.c -Wp,-DX,-MD,x.d", "-Wp,-DX,-MD,x.d")]
    [DataRow("gcc -c a.c -march=native+crc", "-march=native+crc")]
    [DataRow("gcc -c a.c -g -fno-working-directory", "-fno-working-directory")]
    [DataRow("gcc -c a.c -iplugindir=x", "-iplugindir=x")]
    [DataRow("clang-19 -c a.c -mllvm -x", "-mllvm -x")]
    [DataRow("clang-19 -c a.c -fembed-bitcode", "-fembed-bitcode")]
    [DataRow("clang-19 -c a.c -resource-dir x", "-resource-dir x")]
    [DataRow("clang-19 -c a.c -fxray-attr-list=x", "-fxray-attr-list=x")]
    [DataRow("clang-19 -c a.c -fbasic-block-sections=list=x", "-fbasic-block-sections=list=x")]
    [DataRow("gcc -c a.c -Wa,-a=x.lst", "-Wa,-a=x.lst")]
    [DataRow("gcc -c a.c -Xassembler x", "-Xassembler x")]
    [DataRow("gcc -c a.c -v", "-v")]
    [DataRow("gcc -c a.c -ftime-report", "-ftime-report")]
    [DataRow("gcc -c a.c --unheard-of", "--unheard-of")]
    [DataRow("gcc -c a.c -funheard-of=dir/file", "-funheard-of=dir/file")]
    public void What_other_files_programs_or_processors_decide_stays_here_7_8_12_29_30_31_32_33_38_39_70(string line, string argument) => AssertLocal(line, argument);

    [TestMethod]
    [DataRow("COMPILER_PATH")]
    [DataRow("GCC_EXEC_PREFIX")]
    [DataRow("GCC_COMPARE_DEBUG")]
    [DataRow("CCC_OVERRIDE_OPTIONS")]
    [DataRow("SDKROOT")]
    [DataRow("MACOSX_DEPLOYMENT_TARGET")]
    [DataRow("DEVELOPER_DIR")]
    [DataRow("DEPENDENCIES_OUTPUT")]
    [DataRow("SUNPRO_DEPENDENCIES")]
    public void Variables_that_change_the_compiler_keep_the_unit_here_9_66(string variable)
    {
        CompileCommand command = Command("gcc -c a.c");
        command = command with { Environment = new Dictionary<string, string>(command.Environment.ToDictionary()) { [variable] = "x" } };

        CommandVerdict.RunLocally local = (CommandVerdict.RunLocally)CompilerLab.Parse(command);
        Assert.AreEqual(variable, local.Argument);
    }

    [TestMethod]
    [DataRow("-funheard-of", "-funheard-of")]
    [DataRow("-funheard-of=3 -mstrange -Qodd", "-funheard-of=3 -mstrange -Qodd")]
    [DataRow("-Wall -Wno-all", "-Wall -Wno-all")]
    [DataRow("-Wno-all -Wall", "-Wno-all -Wall")]
    [DataRow("-O2 -fPIC -std=c++20 -frandom-seed=7", "-O2 -fPIC -std=c++20 -frandom-seed=7")]
    [DataRow("-flto -frandom-seed=7", "-flto -frandom-seed=7")]
    [DataRow("-flto -frandom-seed=../src/a.cpp", "-flto -frandom-seed=../src/a.cpp")]
    [DataRow("-fmacro-prefix-map=/a=/b", "-fmacro-prefix-map=/a=/b")]
    [DataRow("-finput-charset=latin1", "-finput-charset=latin1")]
    [DataRow("--param max-inline-insns-auto=5", "--param=max-inline-insns-auto=5")]
    public void Other_arguments_enter_the_key_as_they_are_and_in_order_14_30_42_61_63(string arguments, string key) =>
        Assert.AreEqual(key, Key($"g++ {arguments} -c a.cpp"));

    [TestMethod]
    [DataRow("-o b.o")]
    [DataRow("-MD -MF x.d -MT y -MQ z -MP")]
    [DataRow("-MMD")]
    [DataRow("-fdiagnostics-color=never")]
    [DataRow("-fno-diagnostics-color")]
    [DataRow("-pipe")]
    [DataRow("-Ix -I y -iquote z -isystem w -idirafter v")]
    [DataRow("-I /no/such/dir -I /no/such/dir")]
    [DataRow("-DX -D Y=1 -UZ -U W -include a.h -imacros b.h")]
    [DataRow("-nostdinc --sysroot=/x -isysroot /x")]
    [DataRow("-Wl,-rpath,/x -lfoo -L/x -Xlinker -z")]
    [DataRow("-Wp,-D_FORTIFY_SOURCE=2")]
    public void What_the_text_shows_or_nothing_keeps_is_not_in_the_key_15_17_25_35(string arguments) =>
        Assert.AreEqual("-O2", Key($"gcc -O2 {arguments} -c a.c"));

    [TestMethod]
    [DataRow("-g", true)]
    [DataRow("-g3", true)]
    [DataRow("-ggdb", true)]
    [DataRow("-gdwarf-5", true)]
    [DataRow("-gline-tables-only", true)]
    [DataRow("-g -g0", false)]
    [DataRow("-g0 -g", true)]
    [DataRow("-gz", false)]
    [DataRow("-g -gz", true)]
    [DataRow("-gno-record-gcc-switches", false)]
    [DataRow("-O2", false)]
    public void Debug_information_embeds_the_working_directory_36_37(string arguments, bool embeds) =>
        Assert.AreEqual(embeds, CompilerLab.Cacheable(Command($"gcc {arguments} -c a.c")).EmbedsWorkingDirectory);

    [TestMethod]
    [DataRow("-MD", "out/a.d")]
    [DataRow("-MMD -MP", "out/a.d")]
    [DataRow("-MD -MF x.d", "x.d")]
    [DataRow("-MD -MFx.d -MF y.d", "y.d")]
    [DataRow("-O2", null)]
    [DataRow("-MF x.d", null)]
    public void The_dependency_file_is_where_the_compiler_writes_it(string arguments, string? file) =>
        Assert.AreEqual(file, CompilerLab.Cacheable(Command($"gcc {arguments} -c a.c -o out/a.o")).DependencyFile);

    [TestMethod]
    public void Preprocessor_arguments_are_all_but_source_output_and_dependencies_in_one_spelling_17_25()
    {
        CommandVerdict.Cacheable verdict = CompilerLab.Cacheable(Command("gcc -DX -O2 -MD -MF x.d -c a.c -o a.o -I y -pipe"));

        Assert.AreEqual("-DX -O2 -Iy", string.Join(' ', verdict.PreprocessorArguments));
    }

    [TestMethod]
    public void A_macro_with_a_line_break_stays_here()
    {
        CompileCommand command = Command("clang-19 -c a.c");
        CommandVerdict verdict = CompilerLab.Parse(command with { Arguments = [.. command.Arguments, "-DX=1\n#define Y 2"] });

        Assert.IsInstanceOfType<CommandVerdict.RunLocally>(verdict);
    }

    private static void AssertLocal(string line, string argument)
    {
        CommandVerdict verdict = CompilerLab.Parse(Command(line));
        CommandVerdict.RunLocally local = verdict as CommandVerdict.RunLocally ?? throw new AssertFailedException($"{line}: {verdict}");
        Assert.AreEqual(argument, local.Argument);
        Assert.AreNotEqual("", local.Why);
    }

    private static string Key(string line) => string.Join(' ', CompilerLab.Cacheable(Command(line)).KeyArguments);

    private static CompileCommand Command(string line)
    {
        string[] words = line.Split(' ');
        return new CompileCommand(words[0], words[1..], Path.GetTempPath(), CompilerLab.CleanEnvironment);
    }
}
