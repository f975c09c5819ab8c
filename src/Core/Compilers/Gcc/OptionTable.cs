namespace DistBuild.Core.Compilers.Gcc;

/// <summary>Finds the option an argument is: an exact name before a prefix, a longer prefix before a shorter one.</summary>
internal sealed class OptionTable
{
    private readonly Dictionary<string, GccOption> _exact = new(StringComparer.Ordinal);

    // By the character behind the dash, longest first.
    private readonly List<GccOption>?[] _prefixes = new List<GccOption>?[0x80];

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

        foreach (GccOption option in prefixes.Values.OrderByDescending(option => option.Name.Length))
        {
            (_prefixes[option.Name[1]] ??= []).Add(option);
        }
    }

    public bool EndOfOptions { get; }

    /// <summary>The option of an argument that starts with a dash, or null when no table knows it.</summary>
    public GccOption? Find(string argument)
    {
        if (_exact.TryGetValue(argument, out GccOption? exact))
        {
            return exact;
        }

        if (argument.Length > 1 && argument[1] < _prefixes.Length && _prefixes[argument[1]] is { } candidates)
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
