using System.Globalization;
using System.Text;
using DistBuild.Agent.Execution.Isolating;
using DistBuild.Core.Client;
using DistBuild.Core.Compilers;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Execution;

/// <summary>Texts and arguments that try to make the compilers of this machine read a file of it: none gets an object, and none a word of the file.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class HostileTextTests : IDisposable
{
    /// <summary>Good C, so that a compiler that reads it has nothing to complain of.</summary>
    private const string Secret = "int secret_word_4711;\n";

    private static readonly string[] Texts =
    [
        "#include \"SECRET\"\n",
        " #  include \"SECRET\"\n",
        "#include <SECRET>\n",
        "/**/#include \"SECRET\"\n",
        "int x; /*\n*/ #/**/include/**/\"SECRET\"\n",
        "%:include \"SECRET\"\n",
        "#\\\ninclude \"SECRET\"\n",
        "#in\\\n\\\nclude \"SECRET\"\n",
        "#in\\ \nclude \"SECRET\"\n",
        "#include_next \"SECRET\"\n",
        "#import \"SECRET\"\n",
        "#define FILE \"SECRET\"\n#include FILE\n",
        "/*\n#if 0 /* expanded by -frewrite-includes */\n#include \"SECRET\"\n",
        "#define __CLANG_REWRITTEN_INCLUDES\n#if defined(__CLANG_REWRITTEN_INCLUDES) /* h expanded by -frewrite-includes */\n#include \"SECRET\"\n#endif\n",
        "//\\\n#if 0 /* expanded by -frewrite-includes */\n#include \"SECRET\"\n",
        "int x[] = {\n#embed \"SECRET\"\n};\n",
        "asm(\".incbin \\\"SECRET\\\"\");\n",
        "asm(\".inc\" \"bin \\\"SECRET\\\"\");\n",
        "asm(\".include \\\"SECRET\\\"\");\n",
        "asm(\".INCLUDE \\\"SECRET\\\"\");\n",
        "asm(\".macro m a\\n.in\\\\a \\\"SECRET\\\"\\n.endm\\nm cbin\");\n",
        "#define J(a, b) a##b\nJ(as, m)(\".inc\" \"bin \\\"SECRET\\\"\");\n",
        "#define S(x) #x\nasm(S(.incbin \"SECRET\"));\n",
        "__attribute__((section(\".a\\n.inc\" \"bin \\\"SECRET\\\"\\n.section .b\"))) int x = 1;\n",
        "#pragma GCC pch_preprocess \"SECRET\"\n",
        "#pragma GCC dependency \"SECRET\"\n",
        "#pragma clang module import \"SECRET\"\n",
        "#pragma include_alias(\"a\", \"SECRET\")\n#include \"a\"\n",
        "import \"SECRET\";\n",
        "module;\nimport <SECRET>;\n",
        "# 1 \"SECRET\"\nint x = nonsense;\n",
        "# 1 \"SECRET\" 1\nint x = ;\n",
    ];

    private static readonly string[] Arguments =
    [
        "-include SECRET", "-includeSECRET", "-imacros SECRET", "-ISECRET", "-iquote SECRET", "-isystem SECRET", "-idirafter SECRET", "-iwithprefix SECRET", "--sysroot=SECRET", "-isysroot SECRET",
        "@SECRET", "-BSECRET", "-B SECRET", "-specs=SECRET", "--specs=SECRET", "-wrapper SECRET", "-fplugin=SECRET", "-fplugin-arg-x-y=SECRET", "-Xclang -load -Xclang SECRET", "-fpass-plugin=SECRET",
        "-fprofile-use=SECRET", "-fauto-profile=SECRET", "-fprofile-instr-use=SECRET", "-fsanitize-ignorelist=SECRET", "-fsanitize-blacklist=SECRET", "-fmodule-file=SECRET", "-fmodule-map-file=SECRET",
        "-include-pch SECRET", "-ivfsoverlay SECRET", "-fembed-bitcode", "-fembed-offload-object=SECRET", "-Wa,-ISECRET", "-Wa,@SECRET", "-Wa,-a=SECRET", "-Xassembler @SECRET", "-Wp,-include,SECRET",
        "-Xpreprocessor -include", "-Xlinker SECRET", "-T SECRET", "--config=SECRET", "--config-system-dir=SECRET", "--gcc-toolchain=SECRET", "-resource-dir SECRET", "-fuse-ld=SECRET",
        "-o SECRET", "-MF SECRET", "-MD", "-save-temps", "-dumpdir SECRET", "-fdump-tree-all", "-x c SECRET", "SECRET", "--embed-dir=SECRET", "-fdebug-prefix-map=SECRET=x", "-gembed-source",
        "-fcallgraph-info", "-fstack-usage", "-fdiagnostics-format=sarif-file", "-mllvm -load=SECRET", "-Xclang -ast-dump", "-no-canonical-prefixes", "-ccc-install-dir SECRET", "-fno-integrated-as",
        "/FISECRET", "/Fosecret", "/winsysrootSECRET", "/imsvcSECRET", "/clang:-includeSECRET", "/YuSECRET", "/FpSECRET", "/Tp SECRET", "/link SECRET", "-imsvc SECRET",
    ];

    private readonly TemporaryFolder _root = new();

    public HostileTextTests() => Path = _root.Write("secret.h", Secret);

    private string Path { get; }

    public void Dispose() => _root.Dispose();

    [TestMethod]
    [DataRow("gcc", true)]
    [DataRow("g++", true)]
    [DataRow("clang-19", true)]
    [DataRow("clang-cl-19", true)]
    [DataRow("gcc", false)]
    [DataRow("clang-19", false)]
    [DataRow("clang-cl-19", false)]
    [Timeout(240_000)]
    public async Task No_text_gets_a_word_of_a_file_out(string driver, bool sandbox)
    {
        Toolchain compiler = await RealCompilers.FindAsync(driver);
        Isolation isolation = sandbox ? await Isolations.SandboxAsync() : await Isolations.WithoutBubblewrapAsync();
        List<string> leaks = [];
        foreach (string text in Texts)
        {
            foreach (string language in (string[])["c", "c++", "cpp-output"])
            {
                if (await LeakAsync(compiler, isolation, new RemoteJob(compiler.Family.Name, language, Standard(compiler, language)), text.Replace("SECRET", Path)) is { } leak)
                {
                    leaks.Add($"{language}: {leak}: {text}");
                }
            }
        }

        Assert.IsEmpty(leaks, string.Join("\n", leaks));
    }

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    [DataRow("clang-cl-19")]
    [Timeout(120_000)]
    public async Task No_argument_names_a_file_of_the_agent(string driver)
    {
        Toolchain compiler = await RealCompilers.FindAsync(driver);
        Isolation isolation = await Isolations.WithoutBubblewrapAsync();
        List<string> accepted = [];
        foreach (string argument in Arguments)
        {
            RemoteJob job = new(compiler.Family.Name, "c", argument.Replace("SECRET", Path).Split(' '));
            RemoteCompileResult result = await RealCompilers.CompileAsync(_root["work"], compiler, isolation, job, "int x;\n"u8.ToArray());
            if (result.ExitCode is not null)
            {
                accepted.Add(argument);
            }
        }

        Assert.IsEmpty(accepted, string.Join("\n", accepted));
    }

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    [DataRow("clang-cl-19")]
    [Timeout(120_000)]
    public async Task In_the_sandbox_a_text_cannot_even_find_out_whether_a_file_exists(string driver)
    {
        Toolchain compiler = await RealCompilers.FindAsync(driver);
        Isolation isolation = await Isolations.SandboxAsync();
        RemoteJob job = new(compiler.Family.Name, "c", ["-Wmisleading-indentation", "-Wformat=2"]);

        foreach (string asked in (string[])[Path, "/etc/passwd", "/root", "/usr/include/stdio.h", _root["missing"]])
        {
            string text = $"#if __has_include(\"{asked}\")\nint yes;\n#else\nint no;\n#endif\n# 1 \"{asked}\"\nint f(int a) {{ if (a)\n    a++;\n      a++;\n  return a; }}\n";
            RemoteCompileResult result = await RealCompilers.CompileAsync(_root["work"], compiler, isolation, job, Encoding.UTF8.GetBytes(text));

            Assert.AreEqual(0, result.ExitCode, result.Errors);
            string said = Encoding.Latin1.GetString(result.Result!.Object.Span);
            Assert.Contains("no\0", said, asked);
            Assert.DoesNotContain("yes\0", said, asked);
            Assert.DoesNotContain("secret_word", result.Errors);
        }
    }

    private static string[] Standard(Toolchain compiler, string language) =>
        language != "c++" ? [] : compiler.Family.Name == "clang-cl" ? ["/std:c++20"] : ["-std=c++20"];

    private async Task<string?> LeakAsync(Toolchain compiler, Isolation isolation, RemoteJob job, string text)
    {
        RemoteCompileResult result = await RealCompilers.CompileAsync(_root["work"], compiler, isolation, job, Encoding.UTF8.GetBytes(text));
        byte[] word = "secret_word"u8.ToArray();
        string printed = result.Errors + result.Output;
        return result.Result is { } made && made.Object.Span.IndexOf(word) >= 0 ? "the object has it"
            : printed.Contains("secret_word", StringComparison.Ordinal) ? "the diagnostics have it: " + printed
            : result.ExitCode == 0 && !text.StartsWith("# 1", StringComparison.Ordinal) && !IsHarmless(text, compiler)
                ? string.Create(CultureInfo.InvariantCulture, $"it compiled ({result.Result!.Object.Length} bytes)")
            : null;
    }

    // What a compiler has no word for, it passes over with a warning; to clang, which has no separate assembler, the name of a section is only a name.
    private static bool IsHarmless(string text, Toolchain compiler) =>
        text.StartsWith("#pragma", StringComparison.Ordinal) || (compiler.Family.Name != "gcc" && text.Contains("section(", StringComparison.Ordinal));
}
