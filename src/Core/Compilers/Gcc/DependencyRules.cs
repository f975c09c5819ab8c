using System.Text;

namespace DistBuild.Core.Compilers.Gcc;

/// <summary>
/// The make rules of <c>-MD</c>: targets, a colon, files, lines continued by a backslash. A backslash stands before blank and <c>#</c>, and before
/// further backslashes only where a blank follows them; a dollar sign is doubled (libcpp's mkdeps.cc, clang's DependencyFile.cpp).
/// </summary>
internal static class DependencyRules
{
    /// <summary>The files that the rules name, each once, in order; targets and the phony rules of <c>-MP</c> name none.</summary>
    public static IReadOnlyList<string> Read(string rules)
    {
        List<string> files = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        StringBuilder word = new();
        bool inTargets = true;
        for (int i = 0; i <= rules.Length; i++)
        {
            char c = i < rules.Length ? rules[i] : '\n';
            if (c == '\\' && TryContinue(rules, ref i))
            {
                End(' ');
            }
            else if (c == '\\' && EscapesNext(rules, i))
            {
                word.Append(rules[++i]);
            }
            else if (c == '$' && i + 1 < rules.Length && rules[i + 1] == '$')
            {
                word.Append(rules[++i]);
            }
            else if (c is ' ' or '\t' or '\n' or '\r')
            {
                End(c);
                inTargets |= c == '\n';
            }
            else
            {
                word.Append(c);
            }
        }

        return files;

        void End(char separator)
        {
            if (word.Length == 0)
            {
                return;
            }

            string text = word.ToString();
            word.Clear();
            if (!inTargets)
            {
                if (seen.Add(text))
                {
                    files.Add(text);
                }
            }
            else if (text[text.Length - 1] == ':')
            {
                // A colon that is part of a name (a drive) is not followed by a separator.
                inTargets = separator is '\n';
            }
        }
    }

    private static bool TryContinue(string rules, ref int i)
    {
        int next = i + 1;
        next += next < rules.Length && rules[next] == '\r' ? 1 : 0;
        if (next < rules.Length && rules[next] == '\n')
        {
            i = next;
            return true;
        }

        return false;
    }

    private static bool EscapesNext(string rules, int i)
    {
        if (i + 1 >= rules.Length)
        {
            return false;
        }

        if (rules[i + 1] is ' ' or '\t' or '#')
        {
            return true;
        }

        // Backslashes before a blank are doubled; elsewhere, as in a Windows path, they stand for themselves.
        int end = i;
        while (end < rules.Length && rules[end] == '\\')
        {
            end++;
        }

        return rules[i + 1] == '\\' && end < rules.Length && rules[end] is ' ' or '\t' && (end - i) > 1 && (end - i) % 2 == 1;
    }
}
