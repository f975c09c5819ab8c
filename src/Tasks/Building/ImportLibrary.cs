using System.Text;
using DistBuild.Core.Store;

namespace DistBuild.Tasks.Building;

/// <summary>
/// The file a project names as ImportLibrary of a shared library. Here it is a linker script that leads to the library, so that whoever links
/// <c>foo.lib</c> by its path, through this product or not, gets the shared library.
/// <code>/* GNU ld script: import library */ INPUT("/full/path/of/libfoo.so")</code>
/// </summary>
internal static class ImportLibrary
{
    private const string Start = "/* GNU ld script: import library */ INPUT(\"", End = "\")\n";

    // A path of the longest kind fits.
    private const int LongestScript = 8192;

    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It could not be written.</exception>
    public static void Write(string file, string sharedLibrary)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        AtomicFile.Write(file, Encoding.UTF8.GetBytes(Start + sharedLibrary + End), CancellationToken.None);
    }

    /// <summary>The shared library that an import library of ours leads to; null for any other file.</summary>
    public static string? Target(string file)
    {
        try
        {
            FileInfo info = new(file);
            if (!info.Exists || info.Length > LongestScript)
            {
                return null;
            }

            string text = File.ReadAllText(file);
            return text.StartsWith(Start, StringComparison.Ordinal) && text.EndsWith(End, StringComparison.Ordinal)
                ? text.Substring(Start.Length, text.Length - Start.Length - End.Length)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
