using System.Text;

namespace DistBuild.Core.Processes;

/// <summary>Arguments as one string.</summary>
public static class CommandLine
{
    /// <summary>By the rules of Microsoft's C runtime ("Parsing C command-line arguments").</summary>
    public static string Join(IEnumerable<string> arguments)
    {
        StringBuilder line = new();
        foreach (string argument in arguments)
        {
            if (line.Length > 0)
            {
                line.Append(' ');
            }

            AppendQuoted(line, argument);
        }

        return line.ToString();
    }

    /// <summary>By the rules of a POSIX shell.</summary>
    public static string JoinForShell(IEnumerable<string> arguments) => string.Join(" ", arguments.Select(argument => $"'{argument.Replace("'", "'\\''")}'"));

    private static void AppendQuoted(StringBuilder line, string argument)
    {
        if (argument.Length > 0 && argument.IndexOfAny([' ', '\t', '\n', '\v', '"']) < 0)
        {
            line.Append(argument);
            return;
        }

        line.Append('"');
        int backslashes = 0;
        foreach (char c in argument)
        {
            if (c == '\\')
            {
                backslashes++;
                continue;
            }

            line.Append('\\', c == '"' ? (backslashes * 2) + 1 : backslashes).Append(c);
            backslashes = 0;
        }

        line.Append('\\', backslashes * 2).Append('"');
    }
}
