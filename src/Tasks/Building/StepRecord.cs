using System.Globalization;
using System.Text;
using DistBuild.Core.Store;

namespace DistBuild.Tasks.Building;

/// <summary>
/// Decides whether a step (a link, an archive, a custom build) has anything to do: what it was told, the files it read and the files it wrote, as
/// they were when it last succeeded. A text file; damage or another version means the step runs.
/// <code>
/// step 1
/// told   one line for each word of the command
/// in     path | length | ticks of the last write (UTC), one line for each input, in order
/// out    path | ticks of the last write (UTC): an output may become newer, by a post-build command for example, but not older or missing
/// end
/// </code>
/// </summary>
internal sealed class StepRecord(string file)
{
    private const string Header = "step 1", End = "end";

    /// <summary>Whether the step would do again what it did.</summary>
    public bool IsCurrent(IEnumerable<string> told, IEnumerable<string> inputs)
    {
        string[] recorded;
        try
        {
            recorded = File.ReadAllLines(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        string[] wanted = [.. Lines(told, inputs)];
        return recorded.Length > wanted.Length
            && recorded[recorded.Length - 1] == End
            && recorded.Take(wanted.Length).SequenceEqual(wanted, StringComparer.Ordinal)
            && recorded.Skip(wanted.Length).Take(recorded.Length - wanted.Length - 1).All(IsIntact);
    }

    /// <summary>Keeps what was done; where that is impossible the step simply runs again.</summary>
    public void Save(IEnumerable<string> told, IEnumerable<string> inputs, IEnumerable<string> outputs)
    {
        StringBuilder text = new();
        foreach (string line in Lines(told, inputs).Concat(outputs.Select(output => $"out\t{output}|{Ticks(new FileInfo(output))}")).Append(End))
        {
            text.Append(line).Append('\n');
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            AtomicFile.Write(file, Encoding.UTF8.GetBytes(text.ToString()), CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Forget();
        }
    }

    /// <summary>The step is about to run: until it succeeds there is nothing to rely on.</summary>
    public void Forget()
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A record that cannot be deleted still does not match: the outputs are removed or rewritten.
        }
    }

    private static IEnumerable<string> Lines(IEnumerable<string> told, IEnumerable<string> inputs) =>
        [Header, .. told.Select(word => "told\t" + word.Replace("\r", "").Replace("\n", "\\n")), .. inputs.Select(Describe)];

    private static string Describe(string path)
    {
        FileInfo info = new(path);
        return info.Exists ? $"in\t{path}|{info.Length}|{Ticks(info)}" : $"in\t{path}|missing";
    }

    private static bool IsIntact(string line)
    {
        int bar = line.LastIndexOf('|');
        if (!line.StartsWith("out\t", StringComparison.Ordinal) || bar < 0 || !long.TryParse(line.Substring(bar + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long ticks))
        {
            return false;
        }

        FileInfo output = new(line.Substring(4, bar - 4));
        return output.Exists && output.LastWriteTimeUtc.Ticks >= ticks;
    }

    private static string Ticks(FileInfo info) => info.LastWriteTimeUtc.Ticks.ToString(CultureInfo.InvariantCulture);
}
