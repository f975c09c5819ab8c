using System.Text;
using DistBuild.Core.Compilers;

namespace DistBuild.Fuzz.Targets;

/// <summary>Preprocessed texts and arguments, which an agent looks through before it compiles them.</summary>
internal static class TextTargets
{
    private static readonly byte[][] Texts =
    [
        "# 1 \"a.cpp\"\n# 1 \"/usr/include/stdio.h\" 1 3 4\nextern int puts(const char *);\n# 3 \"a.cpp\" 2\nint main() { return puts(\"x\"); }\n"u8.ToArray(),
        "asm(\".incbin \\\"/etc/passwd\\\"\");\n#define A .inc\nasm(A \"bin\");\nconst char r[] = R\"x(.incbin)x\";\n"u8.ToArray(),
        "#include \"a.h\"\n#embed </etc/passwd>\n#pragma GCC dependency \"x\"\n%:include <x>\n??=include <y>\n"u8.ToArray(),
        "#line 5 \"b.c\"\n_Pragma(\"clang module import x\")\n__has_include(\"/etc\")\n/* unclosed \\\n comment"u8.ToArray(),
    ];

    public static IEnumerable<FuzzTarget> All =>
    [
        .. Families().SelectMany(family => (FuzzTarget[])
        [
            new($"texts for {family.Name}", Texts, bytes => ReadText(family, bytes)),
            new($"arguments for {family.Name}", Arguments(family), bytes => ReadArguments(family, bytes)),
        ]),
    ];

    private static IEnumerable<ICompilerFamily> Families() => ((string[])["gcc", "clang", "clang-cl"]).Select(CompilerFamilies.ByName).OfType<ICompilerFamily>();

    /// <summary>Refused or not, both are answers, and the same ones each time.</summary>
    private static bool ReadText(ICompilerFamily family, byte[] bytes)
    {
        RemoteJob job = new(family.Name, "c++", []);
        string? refused = family.RefuseText(job, bytes), mayRead = family.MayReadFiles(job, bytes);
        Assert.AreEqual(refused, family.RefuseText(job, bytes));
        Assert.IsTrue(refused is null or { Length: > 0 } && mayRead is null or { Length: > 0 });
        return true;
    }

    private static bool ReadArguments(ICompilerFamily family, byte[] bytes)
    {
        string[] arguments = Encoding.UTF8.GetString(bytes).Split('\n');
        Assert.IsTrue(family.Refuse(new RemoteJob(family.Name, "c++", arguments)) is null or { Length: > 0 });
        return true;
    }

    private static byte[][] Arguments(ICompilerFamily family) => family.Name == "clang-cl"
        ? ["/O2\n/std:c++17\n/EHsc"u8.ToArray(), "-Xclang\n-load\n/FIx.h\n/MD"u8.ToArray()]
        : ["-O2\n-std=c++17\n-fPIC"u8.ToArray(), "-Wp,-MD,x\n-fplugin=x\n@file\n--param\nx=1\n-march=x86-64"u8.ToArray()];
}
