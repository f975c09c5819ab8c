using DistBuild.Core.Compilers.Gcc;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>Finds the switch an argument is: an exact name before a prefix, a longer prefix before a shorter one. Letters of different case are different switches.</summary>
internal sealed class ClOptionTable
{
    private readonly Dictionary<string, ClOption> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<char, ClOption[]> _prefixes;

    /// <param name="tables">Later tables override earlier ones.</param>
    public ClOptionTable(params IReadOnlyList<ClOption>[] tables)
    {
        Dictionary<string, ClOption> prefixes = new(StringComparer.Ordinal);
        foreach (ClOption option in tables.SelectMany(table => table))
        {
            _exact.Remove(option.Name);
            prefixes.Remove(option.Name);
            (option.Form is OptionForm.Alone or OptionForm.Separate ? _exact : prefixes)[option.Name] = option;
        }

        _prefixes = prefixes.Values
            .GroupBy(option => option.Name[1])
            .ToDictionary(group => group.Key, group => group.OrderByDescending(option => option.Name.Length).ToArray());
    }

    /// <summary>Every switch the tables know, by name.</summary>
    public IEnumerable<ClOption> All => _exact.Values.Concat(_prefixes.Values.SelectMany(options => options)).OrderBy(option => option.Name, StringComparer.Ordinal);

    /// <param name="argument">Starts with a slash or a dash.</param>
    public ClOption? Find(string argument)
    {
        string spelled = Spelled(argument);
        if (_exact.TryGetValue(spelled, out ClOption? exact))
        {
            return exact;
        }

        return spelled.Length > 1 && _prefixes.TryGetValue(spelled[1], out ClOption[]? candidates)
            ? Array.Find(candidates, candidate => candidate.Matches(spelled))
            : null;
    }

    /// <summary>The argument with a slash.</summary>
    public static string Spelled(string argument) => argument[0] == '-' ? "/" + argument.Substring(1) : argument;
}
