using System.Globalization;
using System.Text;
using DistBuild.Core.Units.Explanations;

namespace DistBuild.Core.Units.Reports;

/// <summary>
/// Counts of one build over all its projects and build nodes. MSBuild tells a task neither which build it is part of nor when that ends, so: projects that are built from one folder
/// and one solution are one build for as long as any of its nodes is at it. Kept in files beside the store: one with the counts, and one that each node holds open while it
/// takes part. Whatever fails here fails quietly: then a project counts alone.
/// </summary>
public sealed class BuildTally : IDisposable
{
    // A look takes milliseconds; who holds the file longer than this hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly string _prefix;
    private readonly FileStream? _node;

    private BuildTally(string prefix)
    {
        _prefix = prefix;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_prefix)!);
            using FileStream held = Lock();
            if (!OthersLive())
            {
                File.Delete(CountsPath);
            }

            _node = new FileStream($"{_prefix}.{Guid.NewGuid():N}.node", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _node = null;
        }
    }

    private string CountsPath => _prefix + ".counts";

    /// <param name="store">The store's folder.</param>
    /// <param name="scope">The same in all nodes of a build, and in few other builds.</param>
    public static BuildTally Join(string store, string scope) => new(NotesFile.PathOf(store, scope, ""));

    /// <summary>Adds counts by name, and returns the sums of the build so far.</summary>
    public IReadOnlyDictionary<string, int> Add(IReadOnlyDictionary<string, int> counts)
    {
        if (_node is null)
        {
            return counts;
        }

        try
        {
            using FileStream held = Lock();
            Dictionary<string, int> sums = Read();
            foreach (KeyValuePair<string, int> count in counts)
            {
                sums[count.Key] = (sums.TryGetValue(count.Key, out int sum) ? sum : 0) + count.Value;
            }

            StringBuilder lines = new();
            foreach (KeyValuePair<string, int> sum in sums)
            {
                lines.Append(sum.Key).Append('=').Append(sum.Value.ToString(CultureInfo.InvariantCulture)).Append('\n');
            }

            File.WriteAllText(CountsPath, lines.ToString());
            return sums;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return counts;
        }
    }

    public void Dispose()
    {
        if (_node is null)
        {
            return;
        }

        try
        {
            using FileStream held = Lock();
            _node.Dispose();
            if (!OthersLive())
            {
                File.Delete(CountsPath);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _node.Dispose();
        }
    }

    private Dictionary<string, int> Read()
    {
        Dictionary<string, int> sums = [];
        foreach (string line in File.Exists(CountsPath) ? File.ReadAllLines(CountsPath) : [])
        {
            int sign = line.IndexOf('=');
            if (sign > 0 && int.TryParse(line.Substring(sign + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int sum))
            {
                sums[line.Substring(0, sign)] = sum;
            }
        }

        return sums;
    }

    /// <summary>A file that a node holds cannot be opened by anyone else; one that can was left by a node that is gone.</summary>
    private bool OthersLive()
    {
        bool live = false;
        foreach (string node in Directory.EnumerateFiles(Path.GetDirectoryName(_prefix)!, Path.GetFileName(_prefix) + ".*.node"))
        {
            try
            {
                new FileStream(node, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
            }
            catch (IOException)
            {
                live |= File.Exists(node);
            }
        }

        return live;
    }

    private FileStream Lock()
    {
        DateTime deadline = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                return new FileStream(_prefix + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (DateTime.UtcNow < deadline)
            {
                Thread.Sleep(2);
            }
        }
    }
}
