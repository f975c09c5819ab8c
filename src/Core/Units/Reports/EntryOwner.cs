using System.Text;
using DistBuild.Core.Store;

namespace DistBuild.Core.Units.Reports;

/// <summary>Which entries of a compilation database a project put there: their outputs, one a line. Beside the store, because Clean removes what lies beside the objects.</summary>
internal sealed class EntryOwner(string path)
{
    /// <summary>Empty when it is not known: then only entries whose source is gone are taken out.</summary>
    public IReadOnlyList<string> Read()
    {
        try
        {
            return File.Exists(path) ? File.ReadAllLines(path) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public void Write(IEnumerable<string> outputs)
    {
        string[] lines = [.. outputs.OrderBy(output => output, StringComparer.Ordinal)];
        if (lines.SequenceEqual(Read(), StringComparer.Ordinal))
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))), CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The store says what is wrong with its folder.
        }
    }
}
