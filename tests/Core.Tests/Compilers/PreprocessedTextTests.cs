using System.Text;
using DistBuild.Core.Compilers;
using DistBuild.Core.Hashing;
using DistBuild.Core.Processes;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Compilers;

[TestClass]
public sealed class PreprocessedTextTests
{
    private const string UserCode = "# 1 \"a.c\"\n", SystemCode = "# 1 \"/usr/include/a.h\" 1 3 4\n";

    [TestMethod]
    [DataRow("const char *t = __TIME__;", true)]
    [DataRow("const char *t = __DATE__;", true)]
    [DataRow("const char *t = __TIMESTAMP__;", true)]
    [DataRow("#define WHEN __DATE__ \" \" __TIME__", true)]
    [DataRow("const char *t = \"__TIME__\";", true)]
    [DataRow("int __TIME__x, x__TIME__, __TIME___, ___TIME__;", false)]
    [DataRow("int __DATE;", true)]
    [DataRow("int TIME__;", true)]
    [DataRow("#define AROUND(x) __##x##__", true)]
    [DataRow("int TIME, DATE__x, x__TIMESTAMP, E__, __D;", false)]
    [DataRow("const char *f = __BASE_FILE__;", true)]
    [DataRow("const char *f = __FILE__; int l = __LINE__ + __INCLUDE_LEVEL__ + __COUNTER__;", false)]
    public void Macros_that_get_their_value_late_need_the_expanded_text_41_47(string code, bool refused)
    {
        Assert.AreEqual(refused, Refuse("c", UserCode + code + "\n") is not null);
        Assert.IsNull(Refuse("cpp-output", UserCode + code + "\n"), "in an expanded text these are words like any other");
    }

    [TestMethod]
    public void A_time_macro_is_found_wherever_it_stands_47()
    {
        for (int offset = 0; offset < 70; offset++)
        {
            string before = new('x', offset);
            Assert.IsNotNull(Refuse("c++", before + " __TIME__"));
            Assert.IsNull(Refuse("c++", before + "x__TIME__"));
            Assert.IsNull(Refuse("c++", before + " __TIME_" + "_x"));
        }
    }

    [TestMethod]
    [DataRow("asm(\".incbin \\\"x\\\"\");")]
    [DataRow("__asm__ volatile (\".incbin \\\"x\\\"\");")]
    [DataRow("asm(\".inc\" \"bin \\\"x\\\"\");")]
    [DataRow("asm(\".inc\"\n\"bin \\\"x\\\"\");")]
    [DataRow("asm(\".\\x69nc\\142in \\\"x\\\"\");")]
    [DataRow("asm(\".INCLUDE \\\"x\\\"\");")]
    [DataRow("asm(R\"x(.include \"x\")x\");")]
    [DataRow("asm(/* a */ \".inc\" // b\n \"lude \\\"x\\\"\");")]
    [DataRow("asm(\".inc%c0 \\\"x\\\"\" : : \"s\"(bin));")]
    [DataRow("asm(\".macro m a\\n.i\\\\a\\n.endm\\nm ncbin\");")]
    [DataRow("asm(\".\\u0069ncbin\");")]
    [DataRow("void f() { __asm { mov eax, 1 } }")]
    [DataRow("asm(")]
    [DataRow("asm")]
    public void Assembler_that_may_read_a_file_is_refused_49(string code)
    {
        Assert.IsNotNull(Refuse("c", UserCode + code));
        Assert.IsNotNull(Refuse("cpp-output", UserCode + code));
        Assert.IsNotNull(Refuse("c++-cpp-output", SystemCode + code));
    }

    [TestMethod]
    [DataRow("asm(INC \"bin \\\"x\\\"\");")]
    [DataRow("#define CALL(x) __asm__(#x)")]
    [DataRow("#define ASSEMBLER __asm__")]
    public void Assembler_out_of_macros_needs_the_expanded_text_49(string code)
    {
        Assert.IsNotNull(Refuse("c", UserCode + code + "\n"));
        Assert.IsNull(Refuse("c", SystemCode + code + "\n# 5 \"a.c\" 2\nint a;\n"), "macros of system headers are trusted");
    }

    [TestMethod]
    [DataRow("asm(\"nop\");")]
    [DataRow("#define BARRIER() __asm__ __volatile__ (\"\" ::: \"memory\")")]
    [DataRow("int f(int a) { asm volatile (\"add %1, %0\" : \"+r\"(a) : \"r\"((a + 1) * 2), [x] \"i\"(sizeof(int)) : \"cc\"); return a; }")]
    [DataRow("extern int g(void) __asm__ (\"\" \"h\");")]
    [DataRow("register int r asm(\"ebx\"); // asm of include files")]
    [DataRow("/* inline asm */ int asmx, xasm; const char *s = \"asm\"; char c = '\"'; int n = 1'000;")]
    [DataRow("const char *include = \".include x\";")]
    public void Other_assembler_is_accepted_49(string code)
    {
        Assert.IsNull(Refuse("c", UserCode + code + "\n"));
        Assert.IsNull(Refuse("cpp-output", UserCode + code + "\n"));
    }

    [TestMethod]
    [DataRow("#pragma GCC pch_preprocess \"x.gch\"", true)]
    [DataRow("#pragma GCC dependency \"parse.y\"", true)]
    [DataRow("_Pragma(\"GCC  dependency \\\"parse.y\\\"\")", true)]
    [DataRow("int dependency, GCCdependency;", false)]
    public void Precompiled_headers_and_times_of_files_are_refused_54(string code, bool refused)
    {
        Assert.AreEqual(refused, Refuse("c", code) is not null);
        Assert.AreEqual(refused, Refuse("cpp-output", code) is not null);
    }

    [TestMethod]
    [DataRow("#embed \"x\"", true)]
    [DataRow("  #  embed <x>", true)]
    [DataRow("#/**/embed FILE", true)]
    [DataRow("%:embed \"x\"", true)]
    [DataRow("#em\\\nbed \"x\"", true)]
    [DataRow("#\\\nembed \"x\"", true)]
    [DataRow("const char *t = __TI\\\nME__;", true)]
    [DataRow("const char *t = __TI\\ \t\r\nME__;", true)]
    [DataRow("#define F(x) g(x);\\\r\n  h(x)", false)]
    [DataRow("// an embedded thing", false)]
    [DataRow("#define A \\\n  1", false)]
    public void Embedded_files_and_hidden_words_need_the_expanded_text_50(string code, bool refused)
    {
        Assert.AreEqual(refused, Refuse("c", code + "\n") is not null);
        Assert.IsNull(Refuse("cpp-output", code + "\n"));
    }

    [TestMethod]
    public async Task A_precompiled_header_beside_a_header_is_seen_54()
    {
        using CompilerLab lab = new();
        lab.Write("p.h", "int precompiled;\n");
        lab.Write("a.c", "#include \"p.h\"\nint a;\n");
        CompileCommand command = lab.Command("gcc", "-c", "a.c", "-o", "a.o");
        Assert.IsNotNull(await CompilerLab.KeyAsync(command));

        await CompilerLab.SucceedAsync(lab.Command("gcc", "-x", "c-header", "p.h", "-o", "p.h.gch"));

        Assert.IsNull(await CompilerLab.KeyAsync(command), "no plan's text is accepted");
    }

    [TestMethod]
    public async Task A_precompiled_header_of_clang_is_seen_54()
    {
        using CompilerLab lab = new();
        lab.Write("p.h", "int precompiled;\n");
        lab.Write("a.c", "int a;\n");
        CompileCommand command = lab.Command("clang-19", "-include", "p.h", "-c", "a.c", "-o", "a.o");
        Assert.IsNotNull(await CompilerLab.KeyAsync(command));

        await CompilerLab.SucceedAsync(lab.Command("clang-19", "-x", "c-header", "p.h", "-o", "p.h.pch"));

        Assert.IsInstanceOfType<CommandVerdict.RunLocally>(CompilerLab.Parse(command));
    }

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    public async Task What_a_source_hides_in_macros_is_seen_by_the_last_plan_49(string compiler)
    {
        using CompilerLab lab = new();
        lab.Write("data", "x");
        lab.Write("a.c", "#define A \".inc\"\n#define B \"bin\"\n__asm__(A B \" \\\"data\\\"\");\nint a;\n");
        CompileCommand command = lab.Command(compiler, "-c", "a.c", "-o", "a.o");
        await CompilerLab.SucceedAsync(command);

        Assert.IsNull(await CompilerLab.KeyAsync(command));
    }

    [TestMethod]
    [DataRow("gcc", "#if __COUNTER__ == 0\n#endif\nint a = __COUNTER__;\n")]
    [DataRow("gcc", "#if 0\ndon't close the quote\n#endif\nint a;\n")]
    [DataRow("clang-19", "#define N __COUNTER__\n#if N == 0\n#endif\nint a = __COUNTER__;\n")]
    public async Task What_the_first_plan_fails_on_falls_to_the_expanded_text_56(string compiler, string source)
    {
        using CompilerLab lab = new();
        lab.Write("a.c", source);
        CompileCommand command = lab.Command(compiler, "-c", "a.c", "-o", "a.o");
        PlainCompile plain = await CompilerLab.CompilePlainAsync(command);
        IReadOnlyList<PreprocessPlan> plans = CompilerLab.Plans(command);

        ProcessResult first = await CompilerLab.RunAsync(plans[0].Command);
        PlainCompile remote = await lab.CompileTextAsync(command, plans[1], (await CompilerLab.PreprocessAsync(plans[1])).Text);

        Assert.AreNotEqual(0, first.ExitCode);
        CollectionAssert.AreEqual(plain.Object, remote.Object);
    }

    [TestMethod]
    [DataRow("gcc", "#pragma push_macro(\"X\")\n#undef X\n#pragma pop_macro(\"X\")\nint b = X;\n", 1)]
    [DataRow("gcc", "#define PUSH _Pragma(\"push_macro(\\\"X\\\")\")\nPUSH\n#undef X\n#define X 2\n_Pragma(\"pop_macro(\\\"X\\\")\")\n#if X == 1\nint b = X;\n#endif\n", 1)]
    [DataRow("gcc", "#pragma GCC poison unused\nint b = X;\n", 1)]
    [DataRow("gcc", "// the pragma GCC  poisons nothing here\nint poison = X;\n", 1)]
    [DataRow("gcc", "int poison = X;\n", 0)]
    [DataRow("clang-19", "#pragma push_macro(\"X\")\n#undef X\n#define X 2\nint a = X;\n#pragma pop_macro(\"X\")\n#if X == 1\nint b = X;\n#endif\n", 0)]
    public async Task A_pragma_that_is_missing_from_the_text_is_found_in_the_files(string compiler, string header, int accepted)
    {
        using CompilerLab lab = new();
        lab.Write("x.h", "#define X 1\n" + header);
        lab.Write("a.c", "#include \"x.h\"\nint c = X;\n");
        CompileCommand command = lab.Command(compiler, "-c", "a.c", "-o", "a.o");
        PlainCompile plain = await CompilerLab.CompilePlainAsync(command);
        IReadOnlyList<PreprocessPlan> plans = CompilerLab.Plans(command);

        List<int> keyed = [];
        for (int i = 0; i < plans.Count; i++)
        {
            byte[] text = (await CompilerLab.PreprocessAsync(plans[i])).Text;
            if (CompilerLab.Refuse(command, plans[i], text) is null)
            {
                keyed.Add(i);
                CollectionAssert.AreEqual(plain.Object, (await lab.CompileTextAsync(command, plans[i], text)).Object);
            }
        }

        Assert.AreEqual(accepted, keyed[0]);
    }

    [TestMethod]
    [DataRow("_Pragma(\"once\")", true)]
    [DataRow("_Pragma ( \"GCC system_header\" )", true)]
    [DataRow("_Pragma(\"GCC diagnostic push\") _Pragma(\"omp parallel\") _Pragma(", false)]
    public void A_Pragma_for_the_preprocessor_needs_gccs_expanded_text_56(string code, bool refused)
    {
        Assert.AreEqual(refused, Refuse("c", code) is not null);
        Assert.IsNull(Refuse("cpp-output", code));
        Assert.IsNull(CompilerFamilies.ByName("clang")!.RefuseText(new RemoteJob("clang", "c", []), Encoding.UTF8.GetBytes(code)));
    }

    [TestMethod]
    [DataRow("#pragma GCC target(\"avx2\")")]
    [DataRow("#pragma GCC  optimize (\"O3\")")]
    [DataRow("_Pragma(\"GCC target(\\\"avx2\\\")\")")]
    public void Options_set_by_a_pragma_are_unseen_by_gccs_preprocessor(string pragma)
    {
        Assert.IsNotNull(Refuse("c", UserCode + pragma + "\n"));
        Assert.IsNotNull(Refuse("cpp-output", UserCode + pragma + "\n"));
        Assert.IsNull(Refuse("c", SystemCode + pragma + "\n"));
        Assert.IsNull(Refuse("c", UserCode + "#pragma GCC push_options\n// the target of GCC\nint GCCtarget;\n"));
    }

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    public async Task Code_that_only_the_compiler_sees_never_gets_a_key_that_does_not_know_it(string compiler)
    {
        using CompilerLab lab = new();
        lab.Write("a.c", "#pragma GCC target(\"avx2\")\n#ifdef __AVX2__\n#include \"fast.h\"\n#endif\nint a;\n");
        lab.Write("fast.h", "int fast;\n");
        CompileCommand command = lab.Command(compiler, "-c", "a.c", "-o", "a.o");
        PlainCompile one = await CompilerLab.CompilePlainAsync(command);
        Digest? key = await CompilerLab.KeyAsync(command);

        lab.Write("fast.h", "int faster;\n");
        PlainCompile two = await CompilerLab.CompilePlainAsync(command);

        Assert.IsTrue(one.Object.AsSpan().SequenceEqual(two.Object) || key is null || key != await CompilerLab.KeyAsync(command));
    }

    [TestMethod]
    public void Every_beginning_of_a_text_is_read_to_its_end()
    {
        byte[] text = Encoding.UTF8.GetBytes(UserCode + "asm(\"a\\\\\" R\"x(\")x\" : \"=r\"(1'0'));// \\\n/* */ #embed __TIME__ u8\"\\\"\" L'\\'' asm goto (\"\\x41\\u0041\") %:");
        for (int length = 0; length < text.Length; length++)
        {
            CompilerFamilies.ByName("clang")!.RefuseText(new RemoteJob("clang", "c", []), text.AsSpan(0, length));
            CompilerFamilies.ByName("clang")!.RefuseText(new RemoteJob("clang", "cpp-output", []), text.AsSpan(length));
        }
    }

    private static string? Refuse(string language, string text) => CompilerFamilies.ByName("gcc")!.RefuseText(new RemoteJob("gcc", language, []), Encoding.UTF8.GetBytes(text));
}
