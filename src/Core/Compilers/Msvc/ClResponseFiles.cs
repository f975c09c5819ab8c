using System.Text;
using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>
/// Puts the contents of <c>@file</c> arguments in their place. A file is UTF-16 or UTF-8 by its byte order mark; without one it is UTF-8 to clang-cl, and in the ANSI
/// code page to cl.exe. clang-cl follows <c>@file</c> inside a file, cl.exe does not.
/// </summary>
internal static class ClResponseFiles
{
    // LLVM follows files that name themselves for ever; nobody nests them deeper.
    private const int MaximumExpansions = 200;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

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

        return isClang ? StrictUtf8.GetString(bytes) : SystemCodePage.Decode(bytes);
    }
}
