using System.Text.RegularExpressions;
using DistBuild.Tasks.Toolsets.Gcc;

namespace DistBuild.Tasks.Building;

/// <summary>Which archiver belongs to a compiler: one that can read its link-time objects and its target's format.</summary>
internal static class Archivers
{
    private static readonly Regex Gcc = new(@"^(?<prefix>.*-)?(?:gcc|cc)(?:-[\d.]+)?$", RegexOptions.CultureInvariant);
    private static readonly Regex Clang = new(@"^(?:.*-)?clang(?<suffix>-[\d.]+)?$", RegexOptions.CultureInvariant);

    /// <summary><c>aarch64-linux-gnu-gcc-12</c> has <c>aarch64-linux-gnu-ar</c>, <c>clang-19</c> has <c>llvm-ar-19</c>; where that is not there, <c>ar</c>.</summary>
    public static string For(CompilerDriver compiler, IReadOnlyDictionary<string, string> environment)
    {
        // Behind a launcher (ccache gcc) it is the last of the words.
        string program = compiler.Arguments.TakeWhile(word => !word.StartsWith("-", StringComparison.Ordinal)).LastOrDefault() ?? compiler.Program;
        string folder = Path.GetDirectoryName(program) ?? "";
        string name = Path.GetFileName(program);
        Match clang = Clang.Match(name), gcc = Gcc.Match(name);
        string archiver = Path.Combine(folder, clang.Success ? "llvm-ar" + clang.Groups["suffix"].Value : gcc.Groups["prefix"].Value + "ar");
        return Programs.Find(archiver, environment) is null ? "ar" : archiver;
    }
}
