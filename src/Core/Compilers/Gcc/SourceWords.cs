using System.Collections.Concurrent;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Compilers.Gcc;

/// <summary>
/// Looks for words in source files that gcc obeys and leaves out of an unexpanded text: <c>#pragma push_macro</c> and <c>pop_macro</c>, whose text
/// compiles with the wrong macro, and <c>#pragma GCC poison</c>, whose text compiles where the source does not. A file is read once as long as it stays
/// the same. Safe for many threads.
/// </summary>
internal sealed class SourceWords
{
    private readonly ConcurrentDictionary<string, (FileIdentity Identity, string? Word)> _known = new(FilePathComparer.Instance);

    /// <summary>The first such word in a file, or null; a file that cannot be read has none: the name came from a #line.</summary>
    public string? Find(string path)
    {
        if (!FileIdentity.TryRead(path, out FileIdentity now))
        {
            return null;
        }

        if (_known.TryGetValue(path, out (FileIdentity Identity, string? Word) known) && known.Identity == now)
        {
            return known.Word;
        }

        string? word = Read(path);
        if (now.SettledBefore(FileIdentity.Now()))
        {
            _known[path] = (now, word);
        }

        return word;
    }

    private static string? Read(string path)
    {
        try
        {
            ReadOnlySpan<byte> content = File.ReadAllBytes(path);
            return content.IndexOf("push_macro"u8) >= 0 || content.IndexOf("pop_macro"u8) >= 0 ? "push_macro"
                : HasPoison(content) ? "poison"
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool HasPoison(ReadOnlySpan<byte> content)
    {
        int at = content.IndexOf("poison"u8);
        while (at >= 0)
        {
            ReadOnlySpan<byte> before = content.Slice(0, at);
            while (before.Length > 0 && before[before.Length - 1] is (byte)' ' or (byte)'\t')
            {
                before = before.Slice(0, before.Length - 1);
            }

            if (before.Length < at && before.EndsWith("GCC"u8))
            {
                return true;
            }

            content = content.Slice(at + 6);
            at = content.IndexOf("poison"u8);
        }

        return false;
    }
}
