using System.Text;

namespace DistBuild.Agent.Commands.Initialization;

/// <summary>Reads a response file as MSBuild does: lines that start with # are comments, the others are split at white space outside quotation marks.</summary>
internal static class ResponseFileText
{
    private static readonly string[] BuildNames = ["p", "property"], RestoreNames = ["rp", "restoreProperty"];

    /// <summary>The value that the last switch gives to a property, for the build or for restore; null when none does.</summary>
    public static string? Property(string text, string property, bool restore) => Words(text)
        .Select(word => Switch(word, restore ? RestoreNames : BuildNames))
        .OfType<string>()
        .SelectMany(settings => settings.Split(';', ','))
        .Select(setting => setting.Split('=', 2))
        .LastOrDefault(setting => setting.Length == 2 && setting[0].Trim().Equals(property, StringComparison.OrdinalIgnoreCase))?[1].Trim();

    /// <summary>The response files it takes in, as they are written.</summary>
    public static IEnumerable<string> Includes(string text) => Words(text).Where(word => word.StartsWith('@')).Select(word => word[1..]);

    private static string? Switch(string word, string[] names)
    {
        string body = word.StartsWith("--", StringComparison.Ordinal) ? word[2..] : word is ['-' or '/', ..] ? word[1..] : "";
        string? name = Array.Find(names, name => body.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));
        return name is null ? null : body[(name.Length + 1)..];
    }

    private static IEnumerable<string> Words(string text)
    {
        foreach (string line in text.Split('\n').Select(line => line.Trim()).Where(line => !line.StartsWith('#')))
        {
            StringBuilder word = new();
            bool quoted = false;
            foreach (char c in line + " ")
            {
                if (c == '"')
                {
                    quoted = !quoted;
                }
                else if (!quoted && char.IsWhiteSpace(c))
                {
                    if (word.Length > 0)
                    {
                        yield return word.ToString();
                    }

                    word.Clear();
                }
                else
                {
                    word.Append(c);
                }
            }
        }
    }
}
