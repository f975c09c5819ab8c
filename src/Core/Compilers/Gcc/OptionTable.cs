namespace DistBuild.Core.Compilers.Gcc;

/// <summary>Finds the option an argument is: an exact name before a prefix, a longer prefix before a shorter one.</summary>
internal sealed class OptionTable
{
    private readonly Dictionary<string, GccOption> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<char, GccOption[]> _prefixes;

    /// <param name="endOfOptions">Whether <c>--</c> ends the options, as for clang.</param>
    /// <param name="tables">Later tables override earlier ones.</param>
    public OptionTable(bool endOfOptions, params IReadOnlyList<GccOption>[] tables)
    {
        EndOfOptions = endOfOptions;
        Dictionary<string, GccOption> prefixes = new(StringComparer.Ordinal);
        foreach (GccOption option in tables.SelectMany(table => table))
        {
            (option.Form is OptionForm.Alone or OptionForm.Separate ? _exact : prefixes)[option.Name] = option;
        }

        _prefixes = prefixes.Values
            .GroupBy(option => option.Name[1])
            .ToDictionary(group => group.Key, group => group.OrderByDescending(option => option.Name.Length).ToArray());
    }

    public bool EndOfOptions { get; }

    /// <summary>The option of an argument that starts with a dash, or null when no table knows it.</summary>
    public GccOption? Find(string argument)
    {
        if (_exact.TryGetValue(argument, out GccOption? exact))
        {
            return exact;
        }

        if (argument.Length > 1 && _prefixes.TryGetValue(argument[1], out GccOption[]? candidates))
        {
            foreach (GccOption candidate in candidates)
            {
                if (candidate.Matches(argument))
                {
                    return candidate;
                }
            }
        }

        return null;
    }
}
