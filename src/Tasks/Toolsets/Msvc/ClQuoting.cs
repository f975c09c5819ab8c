namespace DistBuild.Tasks.Toolsets.Msvc;

/// <summary>Quotes as Visual Studio's line has them (MSBuild's public CommandLineBuilder, with hyphens quoted).</summary>
internal static class ClQuoting
{
    /// <summary>An item of a list: in quotes unless every character is one of <c>A-Z a-z 0-9 \ / : . _ + =</c>.</summary>
    public static string Item(string text)
    {
        if (text.All(IsPlain))
        {
            return text;
        }

        string escaped = text.Replace("\\\"", "\\\\\"").Replace("\"", "\\\"");
        return Enclose(escaped, escaped.EndsWith("\\", StringComparison.Ordinal));
    }

    /// <summary>A text: in quotes, unless it brings its own.</summary>
    public static string Always(string text) => text.StartsWith("\"", StringComparison.Ordinal)
        ? text
        : Enclose(text, text.EndsWith("\\", StringComparison.Ordinal) && !text.EndsWith("\\\\", StringComparison.Ordinal));

    /// <summary>An item as it was meant: quotes around all of it are not part of it.</summary>
    public static string Unquote(string item) =>
        item.Length > 1 && item[0] == '"' && item[item.Length - 1] == '"' ? item.Substring(1, item.Length - 2) : item;

    // A backslash before the closing quote would make it a part of the text.
    private static string Enclose(string text, bool endsInBackslash) => $"\"{text}{(endsInBackslash ? "\\" : "")}\"";

    private static bool IsPlain(char c) => c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '\\' or '/' or ':' or '.' or '_' or '+' or '=';
}
