using System.Text;
using DistBuild.Core.Hashing;
using DistBuild.Core.Store;

namespace DistBuild.Core.Units.Explanations;

/// <summary>Where notes are: one file per project and configuration, or per object compiled by hand, in a folder beside the store's own.</summary>
internal static class NotesFile
{
    public const string Folder = "notes";

    private const string Extension = ".notes";

    /// <summary>Notes of a project nobody built for so long go.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    /// <param name="scope">What the notes are about: the path of the build records, which is one per project and configuration.</param>
    public static string PathOf(string store, string scope, string extension = Extension) =>
        Path.Combine(store, Folder, Digest.Of(Encoding.UTF8.GetBytes(scope)).ToString().Substring(0, 32) + extension);

    /// <summary>Null for a file that is missing, damaged or of another version.</summary>
    public static Notes? TryRead(string path)
    {
        try
        {
            FileInfo file = new(path);
            return file.Exists && file.Length <= NotesFormat.MaximumLength ? NotesFormat.Read(File.ReadAllBytes(path)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>All notes that can be read.</summary>
    public static IEnumerable<Notes> ReadAll(string store) => Files(Path.Combine(store, Folder)).Where(file => file.Extension == Extension).Select(file => TryRead(file.FullName)).OfType<Notes>();

    /// <summary>Removes notes that are too old to explain anything, and what killed processes left.</summary>
    public static void RemoveStale(string folder)
    {
        DateTime stale = DateTime.UtcNow - Lifetime;
        foreach (FileInfo file in Files(folder).Where(file => file.LastWriteTimeUtc < stale))
        {
            StoredFile.TryDelete(file.FullName);
        }
    }

    private static FileInfo[] Files(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).GetFiles();
        }
        catch (Exception e) when (StoreProblem.IsStateOfTheDisk(e))
        {
            return [];
        }
    }
}
