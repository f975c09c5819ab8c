using System.Text;

namespace DistBuild.Core.Compilers.Gcc;

/// <summary>
/// The first lines of a text that clang rewrote: the name of the source, which clang takes for the object's own from the first line marker, and the
/// command line's macros, which <c>-frewrite-includes</c> neither expands nor keeps.
/// </summary>
/// # 1 "a.cpp"
/// # 1 "&lt;command line&gt;" 1
/// #define NAME value
/// #undef NAME
/// # 1 "a.cpp" 2
internal static class CommandLineMacros
{
    public static byte[] Text(GccCommand command, string source) => Text(source, text =>
    {
        Append(text, command.Arguments.Where(argument => argument.Name is "-D" or "-U").Select(argument => (argument.Name == "-D", argument.Value)));

        // The driver puts these behind all others.
        foreach (ParsedArgument argument in command.Arguments.Where(argument => argument.Name is "-Wp,-D" or "-Wp,-U"))
        {
            Passed(text, argument.Tokens[0]);
        }
    });

    /// <param name="macros">In order; a definition as the command line has it, or the name to forget.</param>
    /// <param name="source">As the command spells it.</param>
    public static byte[] Text(IEnumerable<(bool Define, string Macro)> macros, string source) => Text(source, text => Append(text, macros));

    private static byte[] Text(string source, Action<StringBuilder> macros)
    {
        string name = "\"" + source.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";
        StringBuilder text = new();
        text.Append("# 1 ").Append(name).Append("\n# 1 \"<command line>\" 1\n");
        macros(text);
        return Encoding.UTF8.GetBytes(text.Append("# 1 ").Append(name).Append(" 2\n").ToString());
    }

    private static void Append(StringBuilder text, IEnumerable<(bool Define, string Macro)> macros)
    {
        foreach ((bool define, string macro) in macros)
        {
            if (define)
            {
                Define(text, macro);
            }
            else
            {
                text.Append("#undef ").Append(macro).Append('\n');
            }
        }
    }

    private static void Define(StringBuilder text, string macro)
    {
        int equals = macro.IndexOf('=');
        text.Append("#define ");
        if (equals < 0)
        {
            text.Append(macro).Append(" 1\n");
        }
        else
        {
            text.Append(macro, 0, equals).Append(' ').Append(macro, equals + 1, macro.Length - equals - 1).Append('\n');
        }
    }

    // -Wp,-DA,-UB,-DC=1
    private static void Passed(StringBuilder text, string argument)
    {
        foreach (string option in argument.Split(',').Skip(1))
        {
            if (option.StartsWith("-D", StringComparison.Ordinal))
            {
                Define(text, option.Substring(2));
            }
            else
            {
                text.Append("#undef ").Append(option.Substring(2)).Append('\n');
            }
        }
    }
}
