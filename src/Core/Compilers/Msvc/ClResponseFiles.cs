using System.Text;
using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>
/// Puts the contents of <c>@file</c> arguments in their place. A file is UTF-16 or UTF-8 by its byte order mark; without one it is UTF-8 to clang-cl, and the ANSI code
/// page (here: 1252) to cl.exe. clang-cl follows <c>@file</c> inside a file, cl.exe does not.
/// </summary>
internal static class ClResponseFiles
{
    // LLVM follows files that name themselves for ever; nobody nests them deeper.
    private const int MaximumExpansions = 200;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // What code page 1252 has at 0x80 to 0x9F; the five unassigned places are control characters.
    private const string Windows1252 = "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
        + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    /// <param name="problem">The first response file that cannot be read, and why; else null.</param>
    public static List<string> Expand(CompileCommand command, bool isClang, out CommandVerdict.RunLocally? problem)
    {
        problem = null;
        List<string> arguments = [.. command.Arguments];
        int expansions = 0;
        for (int i = 0; i < arguments.Count; i++)
        {
            // Behind "--" too: response files are expanded before anything is read as an option.
            while (i < arguments.Count && arguments[i].Length > 1 && arguments[i][0] == '@')
            {
                string? why = "the response files name each other";
                if (++expansions > MaximumExpansions || Read(command.FullPath(arguments[i].Substring(1)), isClang, out why) is not { } words)
                {
                    problem ??= new CommandVerdict.RunLocally(arguments[i], why!);
                    break;
                }

                arguments.RemoveAt(i);
                arguments.InsertRange(i, words);
                if (!isClang)
                {
                    i += words.Count;
                }
            }
        }

        return arguments;
    }

    private static List<string>? Read(string path, bool isClang, out string? why)
    {
        why = "the response file cannot be read";
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            why = "the response file is not text that this product can read";
            return WindowsWords.Split(Decode(bytes, isClang));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    internal static string Decode(byte[] bytes, bool isClang)
    {
        if (bytes.Length >= 2 && ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF)))
        {
            return new UnicodeEncoding(bigEndian: bytes[0] == 0xFE, byteOrderMark: false, throwOnInvalidBytes: true).GetString(bytes, 2, bytes.Length - 2);
        }

        if (bytes.Length >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF)
        {
            return StrictUtf8.GetString(bytes, 3, bytes.Length - 3);
        }

        return isClang ? StrictUtf8.GetString(bytes) : new string([.. bytes.Select(b => b is >= 0x80 and <= 0x9F ? Windows1252[b - 0x80] : (char)b)]);
    }
}
