namespace DistBuild.Tasks.Toolsets.Msvc;

/// <summary>What Visual Studio's own compiler can do and clang-cl cannot.</summary>
internal static class ClangClLimits
{
    private static readonly string[] Modules = ["CompileAsCppModule", "CompileAsCppModuleInternalPartition", "CompileAsHeaderUnit"];

    /// <summary>Why clang-cl makes no object of the item; null when it does.</summary>
    public static string? Refuse(ClSettings settings, string source)
    {
        if (ClDerived.IsManaged(settings))
        {
            return "managed code needs Visual C++";
        }

        if (settings.Is("CompileAsWinRT", "true"))
        {
            return "Windows Runtime extensions need Visual C++";
        }

        bool isModule = Path.GetExtension(source).ToUpperInvariant() is ".IXX" or ".CPPM" || Modules.Any(module => settings.Is(ClRule.CompileAs, module));
        return isModule ? "clang-cl has no C++ modules of Visual C++'s kind"
            : settings.Is("PreprocessToFile", "true") || settings.Is("PreprocessSuppressLineNumbers", "true") ? "it only preprocesses and makes no object"
            : null;
    }
}
