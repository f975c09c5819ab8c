using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Compilers.Msvc;

/// <summary>A small project in cl's manner, for the clang-cl that is installed.</summary>
internal static class ClLab
{
    public const string Compiler = "clang-cl-19";

    /// <summary>The target whose standard library is installed: that of Debian's mingw.</summary>
    public static readonly string[] Mingw = ["--target=x86_64-w64-windows-gnu", "/GS-", "/EHsc"];

    public static CompilerLab Create()
    {
        CompilerLab lab = new();
        lab.Write("inc/h.h", "#define H 3\n#define SQUARE(x) ((x) * (x))\n");
        lab.Write("a.cpp", "#include \"h.h\"\n#ifdef V\nint v = V;\n#endif\nint a(int x) { return SQUARE(x) + H; }\nconst char *file = __FILE__;\n");
        lab.Write("pch.h", "#include \"h.h\"\ninline int twice(int x) { return 2 * x; }\n");
        lab.Write("pch.cpp", "#include \"pch.h\"\n");
        lab.Write("user.cpp", "// A user.\n#include \"pch.h\"\nint user(int x) { return twice(x) + H; }\n");
        return lab;
    }

    /// <param name="options">Separated by blanks.</param>
    public static CompileCommand Compile(this CompilerLab lab, string options, string source = "a.cpp") =>
        lab.Command(Compiler, [.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "/Iinc", "/c", source]);

    public static Task<PlainCompile> MakePrecompiledHeaderAsync(CompilerLab lab, string options = "") =>
        MakeAsync(lab.Compile($"{options} /Ycpch.h /Fpx.pch /Fopch.obj", "pch.cpp"));

    private static async Task<PlainCompile> MakeAsync(CompileCommand command)
    {
        await CompilerLab.SucceedAsync(command);
        return new PlainCompile(await File.ReadAllBytesAsync(command.FullPath("pch.obj")), "");
    }
}
