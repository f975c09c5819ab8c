namespace DistBuild.Core.Compilers.Gcc;

/// <summary>The languages this product serves, as <c>-x</c> names them.</summary>
internal static class SourceLanguage
{
    public const string C = "c";
    public const string Cxx = "c++";

    /// <summary>What the expanded text of a language is.</summary>
    public static string Expanded(string language) => language == C ? "cpp-output" : "c++-cpp-output";

    public static bool IsExpanded(string language) => language is "cpp-output" or "c++-cpp-output";

    public static bool IsServed(string language) => language is C or Cxx;

    /// <summary>The language of a source by its extension, or null ("Overall Options" of the gcc manual). A C++ driver reads C sources as C++.</summary>
    public static string? Of(string source, bool cxxDriver) => Path.GetExtension(source) switch
    {
        ".c" => cxxDriver ? Cxx : C,
        ".cc" or ".cp" or ".cxx" or ".cpp" or ".CPP" or ".c++" or ".C" => Cxx,
        _ => null,
    };
}
