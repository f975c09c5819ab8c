namespace DistBuild.Core.Compilers;

/// <summary>The language compilers print their diagnostics in, as far as it changes the words (locale(7), gettext's "Locale Environment Variables").</summary>
internal static class CompilerLocale
{
    /// <summary><c>C</c>, <c>C.UTF-8</c>, or the variables as they are where messages may be translated.</summary>
    public static string Of(IReadOnlyDictionary<string, string> environment)
    {
        string messages = First(environment, "LC_ALL", "LC_MESSAGES", "LANG");
        string characters = First(environment, "LC_ALL", "LC_CTYPE", "LANG");
        bool plain = Language(messages) is "" or "C" or "POSIX" || (Language(messages) is "en_US" && !Has(environment, "LANGUAGE"));
        bool utf8 = characters.EndsWith("utf-8", StringComparison.OrdinalIgnoreCase) || characters.EndsWith("utf8", StringComparison.OrdinalIgnoreCase);
        return plain
            ? utf8 ? "C.UTF-8" : "C"
            : $"{messages}/{characters}/{First(environment, "LANGUAGE")}";
    }

    private static string First(IReadOnlyDictionary<string, string> environment, params string[] names) =>
        names.Select(name => environment.TryGetValue(name, out string? value) ? value : "").FirstOrDefault(value => value.Length > 0) ?? "";

    private static bool Has(IReadOnlyDictionary<string, string> environment, string name) => environment.TryGetValue(name, out string? value) && value.Length > 0;

    private static string Language(string locale) => locale.Split('.', '@')[0];
}
