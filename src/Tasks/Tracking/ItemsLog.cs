using System.Text;
using DistBuild.Core.Hashing;
using DistBuild.Core.Store;

namespace DistBuild.Tasks.Tracking;

/// <summary>
/// The list by which newer targets of Visual Studio 2022 know which object belongs to which source, so that they can delete the objects of sources that left the project:
/// <c>Cl.items.tlog</c>, UTF-8, a line <c>source;object</c> each, full paths as they are spelled, ends in LF.
/// </summary>
internal static class ItemsLog
{
    public const string Name = "Cl.items.tlog";

    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Adds sources with their objects.</summary>
    public static void Add(string folder, IReadOnlyCollection<(string Source, string Object)> items)
    {
        HashSet<string> added = new(items.Select(item => $"{item.Source};{item.Object}"), FilePathComparer.Instance);
        string[] before = Read(folder);
        Write(folder, before, [.. before.Where(line => !added.Contains(line)), .. items.Select(item => $"{item.Source};{item.Object}")]);
    }

    /// <summary>Takes out all lines of these sources: what is not listed is not cleaned.</summary>
    public static void Remove(string folder, IEnumerable<string> sources)
    {
        HashSet<string> removed = new(sources, FilePathComparer.Instance);
        string[] before = Read(folder);
        Write(folder, before, [.. before.Where(line => !removed.Contains(line.Split(';')[0]))]);
    }

    private static string[] Read(string folder)
    {
        string file = Path.Combine(folder, Name);
        return File.Exists(file) ? [.. File.ReadAllLines(file, Utf8).Where(line => line.Length > 0)] : [];
    }

    private static void Write(string folder, string[] before, string[] after)
    {
        if (before.SequenceEqual(after, StringComparer.Ordinal))
        {
            return;
        }

        Directory.CreateDirectory(folder);
        AtomicFile.Write(Path.Combine(folder, Name), Utf8.GetBytes(string.Concat(after.Select(line => line + "\n"))), CancellationToken.None);
    }
}
