using System.Text;
using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers.Gcc;

/// <summary>
/// Puts the contents of <c>@file</c> arguments in their place, as libiberty's expandargv does: words are separated by white space, both kinds of quotes
/// group, a backslash takes the next character as it is, also inside quotes, and files name further files. A missing file stays a literal argument.
/// </summary>
internal static class ResponseFiles
{
    // libiberty's own bound against files that name themselves.
    private const int MaximumExpansions = 2000;

    // Arguments are strings here; bytes that are no text could not be handed to the compiler as they are.
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The arguments with every readable response file expanded.</summary>
    public static List<string> Expand(CompileCommand command)
    {
        List<string> arguments = [.. command.Arguments];
        int expansions = 0;
        for (int i = 0; i < arguments.Count; i++)
        {
            while (i < arguments.Count && expansions < MaximumExpansions && Read(command, arguments[i]) is string text)
            {
                expansions++;
                arguments.RemoveAt(i);
                arguments.InsertRange(i, Split(text));
            }
        }

        return arguments;
    }

    private static string? Read(CompileCommand command, string argument)
    {
        if (argument.Length < 2 || argument[0] != '@')
        {
            return null;
        }

        try
        {
            return StrictUtf8.GetString(File.ReadAllBytes(command.FullPath(argument.Substring(1))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    internal static List<string> Split(string text)
    {
        List<string> words = [];
        StringBuilder word = new();
        bool inWord = false;
        char quote = '\0';
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\\')
            {
                if (++i < text.Length)
                {
                    word.Append(text[i]);
                }

                inWord = true;
            }
            else if (quote != '\0')
            {
                quote = c == quote ? '\0' : Append(word, c, quote);
            }
            else if (c is '"' or '\'')
            {
                quote = c;
                inWord = true;
            }
            else if (c is ' ' or '\t' or '\n' or '\r' or '\v' or '\f')
            {
                if (inWord)
                {
                    words.Add(word.ToString());
                    word.Clear();
                    inWord = false;
                }
            }
            else
            {
                word.Append(c);
                inWord = true;
            }
        }

        if (inWord)
        {
            words.Add(word.ToString());
        }

        return words;
    }

    private static char Append(StringBuilder word, char c, char quote)
    {
        word.Append(c);
        return quote;
    }
}
