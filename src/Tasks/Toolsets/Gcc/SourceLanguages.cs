namespace DistBuild.Tasks.Toolsets.Gcc;

[Flags]
internal enum SourceLanguages
{
    C = 1,
    Cxx = 2,
    Both = C | Cxx,
}

/// <summary>Which language a source is compiled as.</summary>
internal static class SourceLanguage
{
    private static readonly string[] KnownAsCxx = [".cc", ".cp", ".cxx", ".cpp", ".CPP", ".c++"];

    /// <param name="compileAs">Final metadata says the language; <c>Default</c> goes by the name, as Visual Studio does: .c is C, the rest C++.</param>
    public static SourceLanguages Of(string compileAs, string extension) => compileAs.ToUpperInvariant() switch
    {
        "COMPILEASC" => SourceLanguages.C,
        "COMPILEASCPP" => SourceLanguages.Cxx,
        _ => extension.Equals(".c", StringComparison.OrdinalIgnoreCase) ? SourceLanguages.C : SourceLanguages.Cxx,
    };

    /// <summary><c>-x</c> where gcc and clang take a source of this name for something else (<c>.C</c> is C++ to them, <c>.inl</c> linker input).</summary>
    public static IReadOnlyList<string> Arguments(SourceLanguages language, string extension) => language switch
    {
        SourceLanguages.C => extension == ".c" ? [] : ["-x", "c"],
        _ => KnownAsCxx.Contains(extension) ? [] : ["-x", "c++"],
    };

    /// <summary>Visual Studio takes these for C++ module interfaces.</summary>
    public static bool IsModule(string extension) =>
        extension.Equals(".ixx", StringComparison.OrdinalIgnoreCase) || extension.Equals(".cppm", StringComparison.OrdinalIgnoreCase);
}
