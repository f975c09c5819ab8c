namespace DistBuild.Core.Units.Explanations;

/// <summary>Where two lists of arguments differ, knowing nothing of what an argument means.</summary>
internal static class ArgumentDifference
{
    /// <summary>Above this product of lengths the lists are only compared as sets: no command line a person reads is longer.</summary>
    private const long MaximumTable = 4_000_000;

    public static IEnumerable<KeyDifference> Compare(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        if (before.SequenceEqual(after, StringComparer.Ordinal))
        {
            return [];
        }

        if (before.OrderBy(word => word, StringComparer.Ordinal).SequenceEqual(after.OrderBy(word => word, StringComparer.Ordinal), StringComparer.Ordinal))
        {
            (int start, int end) = Differing(before, after);
            return [Difference(KeyChange.Reordered, Words(before, start, before.Count - end), Words(after, start, after.Count - end))];
        }

        return (long)before.Count * after.Count > MaximumTable ? AsSets(before, after) : Runs(before, after);
    }

    /// <summary>The lengths of the common beginning and the common end.</summary>
    private static (int Start, int End) Differing(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        int shorter = Math.Min(before.Count, after.Count), start = 0, end = 0;
        while (start < shorter && before[start] == after[start])
        {
            start++;
        }

        while (end < shorter - start && before[before.Count - 1 - end] == after[after.Count - 1 - end])
        {
            end++;
        }

        return (start, end);
    }

    private static IEnumerable<KeyDifference> AsSets(IReadOnlyList<string> before, IReadOnlyList<string> after) =>
    [
        .. before.Except(after, StringComparer.Ordinal).Select(word => Difference(KeyChange.Removed, word, null)),
        .. after.Except(before, StringComparer.Ordinal).Select(word => Difference(KeyChange.Added, null, word)),
    ];

    /// <summary>Runs of arguments that are not in the longest common subsequence.</summary>
    private static List<KeyDifference> Runs(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        int[,] common = CommonLengths(before, after);
        List<KeyDifference> runs = [];
        int i = 0, j = 0;
        while (i < before.Count || j < after.Count)
        {
            if (i < before.Count && j < after.Count && before[i] == after[j])
            {
                (i, j) = (i + 1, j + 1);
                continue;
            }

            (int removed, int added) = (i, j);
            while ((i < before.Count || j < after.Count) && !(i < before.Count && j < after.Count && before[i] == after[j]))
            {
                if (j == after.Count || (i < before.Count && common[i + 1, j] >= common[i, j + 1]))
                {
                    i++;
                }
                else
                {
                    j++;
                }
            }

            runs.Add(Run(before, removed, i, after, added, j));
        }

        return runs;
    }

    private static KeyDifference Run(IReadOnlyList<string> before, int removed, int removedEnd, IReadOnlyList<string> after, int added, int addedEnd)
    {
        // A value that stands alone says nothing without the option before it, which is the same in both lists.
        bool isValue = removed > 0 && added > 0 && before[removed - 1] == after[added - 1]
            && IsOption(before[removed - 1]) && !IsOption(removed < removedEnd ? before[removed] : after[added]);
        string option = isValue ? before[removed - 1] + " " : "";
        string? gone = removed < removedEnd ? option + Words(before, removed, removedEnd) : null, come = added < addedEnd ? option + Words(after, added, addedEnd) : null;
        return Difference(gone is null ? KeyChange.Added : come is null ? KeyChange.Removed : KeyChange.Changed, gone, come);
    }

    private static int[,] CommonLengths(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        int[,] common = new int[before.Count + 1, after.Count + 1];
        for (int i = before.Count - 1; i >= 0; i--)
        {
            for (int j = after.Count - 1; j >= 0; j--)
            {
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }

    private static bool IsOption(string word) => word.StartsWith("-", StringComparison.Ordinal) || word.StartsWith("/", StringComparison.Ordinal);

    private static string Words(IReadOnlyList<string> words, int start, int end) => string.Join(" ", words.Skip(start).Take(end - start));

    private static KeyDifference Difference(KeyChange change, string? before, string? after) => new(KeyPart.Arguments, change, "", before, after);
}
