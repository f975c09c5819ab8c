using DistBuild.Core.Hashing;

namespace DistBuild.Core.Units.Explanations;

/// <summary>Says in which parts two keys of one unit differ.</summary>
internal static class KeyComparison
{
    /// <summary>More headers than this are counted, not named: another compiler changes all of its own.</summary>
    private const int MaximumHeaders = 20;

    private static readonly Dictionary<string, string> Variables = new(StringComparer.Ordinal)
    {
        ["locale"] = "language of messages (LC_ALL, LC_MESSAGES, LC_CTYPE, LANG)",
        ["colors"] = "GCC_COLORS",
    };

    /// <summary>The differences from the state that has the fewest; of several, from the first.</summary>
    /// <param name="earlier">Newest first.</param>
    /// <returns>Null when there is nothing to compare with.</returns>
    public static KeyChanges? Nearest(KeyState now, IEnumerable<KeyState> earlier)
    {
        (KeyState Nearest, List<KeyDifference> Differences)? best = null;
        foreach (KeyState state in earlier)
        {
            List<KeyDifference> differences = Compare(state, now);
            if (best is null || Distance(differences) < Distance(best.Value.Differences))
            {
                best = (state, differences);
            }
        }

        return best is { } found ? new KeyChanges(DateTimeOffset.FromUnixTimeSeconds(found.Nearest.When), Shorten(found.Differences)) : null;
    }

    // A run of arguments counts as many as it has words.
    private static int Distance(List<KeyDifference> differences) => differences.Sum(difference => difference.Part == KeyPart.Arguments
        ? $"{difference.Before} {difference.After}".Count(letter => letter == ' ')
        : 1);

    private static List<KeyDifference> Compare(KeyState before, KeyState now)
    {
        string? source = Values(now, "source").FirstOrDefault();
        List<KeyDifference> differences = [.. FieldDifferences(before, now)];
        List<KeyDifference> files = [.. ChangedFiles(before, now, source)];

        // A header that comes or goes while every text and the command stay is an event of the file system.
        bool nothingElse = differences.Count + files.Count == 0;
        differences.AddRange(files);
        differences.AddRange(Headers(now, before, nothingElse ? KeyChange.Appeared : KeyChange.Added, source));
        differences.AddRange(Headers(before, now, nothingElse ? KeyChange.Vanished : KeyChange.Removed, source));
        if (differences.Count == 0 && before.Key != now.Key)
        {
            differences.Add(new KeyDifference(KeyPart.Text, KeyChange.Changed, "preprocessed text", before.Key.ToString(), now.Key.ToString()));
        }

        // The project's own headers, which are mostly spelled relatively, before those of the compiler.
        return [.. differences.OrderBy(difference => difference.Part).ThenBy(difference => difference.Part == KeyPart.Header && Path.IsPathRooted(difference.Name))];
    }

    private static IEnumerable<KeyDifference> FieldDifferences(KeyState before, KeyState now)
    {
        foreach (string tag in now.Fields.Concat(before.Fields).Select(field => field.Tag).Distinct(StringComparer.Ordinal))
        {
            string[] old = [.. Values(before, tag)], current = [.. Values(now, tag)];
            if (tag == "argument")
            {
                foreach (KeyDifference difference in ArgumentDifference.Compare(old, current))
                {
                    yield return difference;
                }
            }
            else if (!old.SequenceEqual(current, StringComparer.Ordinal))
            {
                yield return new KeyDifference(Part(tag), KeyChange.Changed, Name(tag), Join(old), Join(current));
            }
        }
    }

    private static IEnumerable<KeyDifference> ChangedFiles(KeyState before, KeyState now, string? source)
    {
        Dictionary<string, Digest> contents = Contents(before);
        return now.Inputs
            .Where(input => contents.TryGetValue(input.Path, out Digest old) && old != input.Content)
            .Select(input => new KeyDifference(
                input.Path == source ? KeyPart.Source : KeyPart.Header, KeyChange.Changed, input.Path, contents[input.Path].ToString(), input.Content.ToString()));
    }

    // The source itself is among the fields: one that moved is not also a header that came and one that went.
    private static IEnumerable<KeyDifference> Headers(KeyState with, KeyState without, KeyChange change, string? source)
    {
        Dictionary<string, Digest> known = Contents(without);
        string? moved = Values(with, "source").FirstOrDefault();
        return with.Inputs
            .Where(input => !known.ContainsKey(input.Path) && input.Path != source && input.Path != moved)
            .Select(input => new KeyDifference(KeyPart.Header, change, input.Path, null, null));
    }

    private static List<KeyDifference> Shorten(List<KeyDifference> differences)
    {
        int headers = differences.Count(difference => difference.Part == KeyPart.Header);
        return headers <= MaximumHeaders
            ? differences
            :
            [
                .. differences.Where(difference => difference.Part != KeyPart.Header),
                .. differences.Where(difference => difference.Part == KeyPart.Header).Take(MaximumHeaders),
                new KeyDifference(KeyPart.Header, KeyChange.More, "", null, FormattableString.Invariant($"{headers - MaximumHeaders}")),
            ];
    }

    private static Dictionary<string, Digest> Contents(KeyState state)
    {
        Dictionary<string, Digest> contents = new(StringComparer.Ordinal);
        foreach (KeyInput input in state.Inputs)
        {
            contents[input.Path] = input.Content;
        }

        return contents;
    }

    private static IEnumerable<string> Values(KeyState state, string tag) => state.Fields.Where(field => field.Tag == tag).Select(field => field.Value);

    private static string? Join(string[] values) => values.Length == 0 ? null : string.Join(" ", values);

    private static KeyPart Part(string tag) => tag switch
    {
        "toolchain" => KeyPart.Toolchain,
        "language" => KeyPart.Arguments,
        "directory" => KeyPart.Directory,
        "source" => KeyPart.Source,
        _ => KeyPart.Environment,
    };

    private static string Name(string tag) => Variables.TryGetValue(tag, out string? name) ? name : tag is "toolchain" or "directory" ? "" : tag;
}
