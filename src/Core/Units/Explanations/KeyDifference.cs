namespace DistBuild.Core.Units.Explanations;

/// <summary>One thing in which the key of a unit differs from that of an earlier build.</summary>
/// <param name="Name">Which one: the path of a header or source as the command spells it, a variable, the name of a part; may be empty.</param>
/// <param name="Before">What it was, or null.</param>
/// <param name="After">What it is, or null.</param>
public sealed record KeyDifference(KeyPart Part, KeyChange Change, string Name, string? Before, string? After)
{
    /// <summary>A phrase for a person, without the part: <c>include/a.h changed</c>, <c>-O2 became -O3</c>.</summary>
    public string Phrase => Change switch
    {
        KeyChange.Added when After is not null => $"{After} is new",
        KeyChange.Removed when Before is not null => $"{Before} is gone",
        KeyChange.Reordered => $"the same in another order: {After}",
        KeyChange.Appeared => $"{Name} appeared, and is read now",
        KeyChange.Vanished => $"{Name} was read, and is not found there any more",
        KeyChange.Added => $"{Name} is read now",
        KeyChange.Removed => $"{Name} is not read any more",
        KeyChange.More => $"and {After} more",
        _ when Part is KeyPart.Header or KeyPart.Source && Before?.Length == Hashing.Digest.Size * 2 => $"{Name} changed",
        _ => $"{(Name.Length == 0 ? "" : Name + ": ")}{Quote(Before)} became {Quote(After)}",
    };

    private static string Quote(string? text) => text is null or "" ? "(nothing)" : text;
}

/// <summary>What became of a unit's key since an earlier build.</summary>
/// <param name="Since">When the build was that is compared with: the nearest of those remembered, or the last one if its key was the same.</param>
/// <param name="Differences">Empty when the key is the same.</param>
public sealed record KeyChanges(DateTimeOffset Since, IReadOnlyList<KeyDifference> Differences);

/// <summary>What a key is made of, in the words of the JSON report (camelCase).</summary>
public enum KeyPart
{
    /// <summary>The compiler, by content.</summary>
    Toolchain,
    Arguments,

    /// <summary>Variables the compiler looks at, and anything else that is neither an argument nor a file.</summary>
    Environment,

    /// <summary>The working directory, where the object records it.</summary>
    Directory,
    Source,
    Header,

    /// <summary>The preprocessed text, when none of the others explains it.</summary>
    Text,
}

/// <summary>How a part differs.</summary>
public enum KeyChange
{
    Changed,
    Added,
    Removed,
    Reordered,

    /// <summary>A header that is read now although no text and no argument changed: it came into being.</summary>
    Appeared,

    /// <summary>The counterpart of <see cref="Appeared"/>: deleted, or shadowed by one that appeared.</summary>
    Vanished,

    /// <summary>Stands for differences left out; their number is <see cref="KeyDifference.After"/>.</summary>
    More,
}
