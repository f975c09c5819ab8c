using System.Text;

namespace DistBuild.Tasks.Toolsets;

/// <summary>Splits a command line by the rules of Microsoft's C runtime ("Parsing C command-line arguments"), as cl reads it.</summary>
internal static class WindowsArguments
{
    public static IReadOnlyList<string> Split(string line)
    {
        List<string> arguments = [];
        int at = 0;
        while (true)
        {
            while (at < line.Length && char.IsWhiteSpace(line[at]))
            {
                at++;
            }

            if (at == line.Length)
            {
                return arguments;
            }

            arguments.Add(Next(line, ref at));
        }
    }

    private static string Next(string line, ref int at)
    {
        StringBuilder argument = new();
        bool quoted = false;
        while (at < line.Length && (quoted || !char.IsWhiteSpace(line[at])))
        {
            int backslashes = 0;
            while (at < line.Length && line[at] == '\\')
            {
                backslashes++;
                at++;
            }

            bool beforeQuote = at < line.Length && line[at] == '"';
            argument.Append('\\', beforeQuote ? backslashes / 2 : backslashes);
            if (!beforeQuote)
            {
                if (backslashes == 0)
                {
                    argument.Append(line[at++]);
                }
            }
            else if (backslashes % 2 == 1)
            {
                argument.Append('"');
                at++;
            }
            else if (quoted && at + 1 < line.Length && line[at + 1] == '"')
            {
                argument.Append('"');
                at += 2;
            }
            else
            {
                quoted = !quoted;
                at++;
            }
        }

        return argument.ToString();
    }
}
