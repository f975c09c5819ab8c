using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DistBuild.Core.Store;
using DistBuild.Core.Units.Explanations;

namespace DistBuild.Core.Units.Reports;

/// <summary>
/// Keeps a <c>compile_commands.json</c> (clang.llvm.org/docs/JSONCompilationDatabase.html) in step with the projects that name it. Many projects and build nodes share one:
/// whoever looks sees a whole file, and each project replaces its own entries only. An entry is one line of the file, with the fields <c>directory</c>, <c>file</c>,
/// <c>arguments</c> and <c>output</c>, and <c>command</c> where a unit has a line to show; LLVM refuses files with any other, and takes <c>arguments</c> before <c>command</c>.
/// </summary>
public static class CompilationDatabase
{
    /// <summary>A merge takes milliseconds; another build node that holds the file longer than this is not coming back.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Puts the commands of these units into the file. Entries of sources that no longer exist go, whoever they belong to; so do those this project had before, where
    /// <paramref name="whole"/> says that these units are all it has now.
    /// </summary>
    /// <param name="path">Full path; made with its folder when it is missing.</param>
    /// <param name="store">The store's folder, beside which it is remembered which entries are whose.</param>
    /// <param name="scope">The path of the build records, which is one per project and configuration.</param>
    /// <exception cref="InvalidDataException">The file is there and is something else; it is left alone.</exception>
    /// <exception cref="IOException">The file cannot be written, or another process holds it for 10 seconds.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission.</exception>
    public static async Task MergeAsync(string path, string store, string scope, IReadOnlyCollection<TranslationUnit> units, bool whole, CancellationToken cancellationToken)
    {
        using FileStream held = await LockAsync(path, store, cancellationToken).ConfigureAwait(false);
        EntryOwner owner = new(NotesFile.PathOf(store, $"{scope}\n{path}", ".commands"));
        HashSet<string> replaced = [.. units.Select(unit => unit.Object)];
        if (whole)
        {
            replaced.UnionWith(owner.Read());
        }

        SortedDictionary<string, string> entries = new(StringComparer.Ordinal);
        byte[] before = File.Exists(path) ? File.ReadAllBytes(path) : [];
        foreach (DatabaseEntry entry in Read(path, before).Where(entry => !replaced.Contains(entry.Output) && File.Exists(entry.File)))
        {
            entries[entry.Order] = entry.Json;
        }

        foreach (TranslationUnit unit in units)
        {
            entries[DatabaseEntry.OrderOf(unit.Source, unit.Object)] = Entry(unit);
        }

        byte[] after = Encoding.UTF8.GetBytes($"[\n{string.Join(",\n", entries.Values)}\n]\n");
        if (!after.AsSpan().SequenceEqual(before))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, after, cancellationToken);
        }

        // After the file: a build that is killed in between forgets nothing, it only takes out again what is not there.
        if (whole)
        {
            owner.Write(units.Select(unit => unit.Object));
        }
    }

    private static IEnumerable<DatabaseEntry> Read(string path, byte[] content)
    {
        if (content.All(letter => letter is (byte)' ' or (byte)'\r' or (byte)'\n' or (byte)'\t'))
        {
            return [];
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            return [.. document.RootElement.EnumerateArray().Select(DatabaseEntry.Read)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new InvalidDataException($"'{path}' is there and is not a compilation database, so it is left alone. Delete it, or give another path.");
        }
    }

    private static string Entry(TranslationUnit unit)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteString("directory", unit.Command.WorkingDirectory);
            json.WriteString("file", unit.Source);
            if (unit.Shown is not null)
            {
                json.WriteString("command", unit.Shown.Line);
            }

            json.WriteStartArray("arguments");
            foreach (string argument in unit.Shown?.Arguments ?? [unit.Command.Compiler, .. unit.Command.Arguments])
            {
                json.WriteStringValue(argument);
            }

            json.WriteEndArray();
            json.WriteString("output", unit.Object);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>One merge at a time, over all build nodes. The lock is beside the store: the folder of the file is a user's.</summary>
    private static async Task<FileStream> LockAsync(string path, string store, CancellationToken cancellationToken)
    {
        string file = NotesFile.PathOf(store, path, ".lock");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        DateTime deadline = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(file) && DateTime.UtcNow < deadline)
            {
                await Task.Delay(5, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
