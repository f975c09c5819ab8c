using DistBuild.Core.Compilers.Gcc;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>The language of a source: <c>/TC</c> and <c>/TP</c> rule every source, <c>/Tc</c> and <c>/Tp</c> one, else its extension does.</summary>
internal static class ClSourceLanguage
{
    /// <summary>As gcc's <c>-x</c> names it; null for what is neither C nor C++ by its name.</summary>
    public static string? Of(ClCommand command, ClArgument source)
    {
        string? rule = command.Last(argument => argument.Role == ClRole.Language)?.Name ?? (source.Name.Length == 0 ? null : source.Name);
        return rule is not null ? rule is "/TC" or "/Tc" ? SourceLanguage.C : SourceLanguage.Cxx
            : command.Dialect.IsClang ? ByExtension(Path.GetExtension(source.Value))
            : ByExtension(Path.GetExtension(source.Value).ToLowerInvariant());
    }

    private static string? ByExtension(string extension) => extension switch
    {
        ".c" => SourceLanguage.C,
        ".cpp" or ".cc" or ".cxx" => SourceLanguage.Cxx,
        ".CPP" or ".c++" or ".cp" => SourceLanguage.Cxx,
        _ => null,
    };
}
