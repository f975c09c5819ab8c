using DistBuild.Core.Hashing;

namespace DistBuild.Core.Units.Records;

/// <summary>What the last compile of a unit read and wrote.</summary>
/// <param name="Object">The stamp of the object as it was written.</param>
/// <param name="Suspect">Position in <paramref name="Inputs"/> of one that may have changed during the compile, or -1.</param>
internal sealed record UnitRecord(Digest Command, FileStamp Object, IReadOnlyList<RecordedInput> Inputs, int Suspect)
{
    public const int NoSuspect = -1;

    /// <summary>No object's stamp: it is not known whether the object is still the one that was made.</summary>
    public static FileStamp Unknown { get; } = new(-3, 0);

    /// <summary>What it wrote beside the object.</summary>
    public IReadOnlyList<RecordedInput> Outputs { get; init; } = [];

    /// <summary>Where a store has the result, when the contents of the inputs decide it; else null.</summary>
    public KnownResult? Result { get; init; }
}

/// <param name="Key">The result's name.</param>
/// <param name="Surroundings">What besides the command and the files decides the name.</param>
internal sealed record KnownResult(Digest Key, Digest Surroundings);

/// <summary>A file as a compile read it, shared by all units that read it like that. Equal when path, stamps and absences are.</summary>
/// <param name="inode">What a program cannot set back: that the content is the same is only believed where this is.</param>
/// <param name="absences">What was looked for because of it, in folders that come before the one where it was found.</param>
internal sealed class RecordedInput(string path, FileStamp stamp, InodeStamp inode, IReadOnlyList<RecordedAbsence> absences) : IEquatable<RecordedInput>
{
    // What gcc and clang may take in place of a header, of which gcc says nothing.
    private static readonly string[] Precompiled = [".gch", ".pch"];

    private Comparison? _last;

    public RecordedInput(string path, FileStamp stamp)
        : this(path, stamp, default, [])
    {
    }

    public string Path { get; } = path;

    public FileStamp Stamp { get; } = stamp;

    public InodeStamp Inode { get; } = inode;

    public IReadOnlyList<RecordedAbsence> Absences { get; } = absences;

    /// <summary>Null when the file is as it was, else what happened to it.</summary>
    public string? Change(FileStamps stamps) => Compare(stamps).Change;

    /// <summary>Whether the file is the very same one, which nobody touched, nor a folder that was searched for its sake, and nothing stands beside it that a compiler might take instead.</summary>
    public bool IsUntouched(FileStamps stamps)
    {
        Comparison comparison = Compare(stamps);
        return comparison.Untouched ??= comparison.Change is null && WasLeftAlone(stamps);
    }

    public bool Equals(RecordedInput? other) => other is not null && Stamp == other.Stamp && Inode == other.Inode && string.Equals(Path, other.Path, StringComparison.Ordinal)
        && (ReferenceEquals(Absences, other.Absences) || Absences.SequenceEqual(other.Absences));

    public override bool Equals(object? obj) => Equals(obj as RecordedInput);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Path) ^ Stamp.Modified.GetHashCode();

    private Comparison Compare(FileStamps stamps)
    {
        // Hundreds of units share a header: they also share the comparison, as long as the build's view of the files stands.
        Comparison? last = _last;
        if (last is null || last.Stamps != stamps || last.Generation != stamps.Generation)
        {
            _last = last = new Comparison(stamps, stamps.Generation, Compare(stamps.Get(Path)) ?? Appeared(stamps));
        }

        return last;
    }

    private string? Compare(FileStamp now) =>
        now == Stamp ? null
        : now == FileStamp.Missing ? $"{Path} is gone"
        : Stamp == FileStamp.Missing ? $"{Path} appeared"
        : $"{Path} changed";

    private string? Appeared(FileStamps stamps)
    {
        for (int i = 0; i < Absences.Count; i++)
        {
            if (Absences[i].Appeared(stamps) is string appeared)
            {
                return appeared;
            }
        }

        return null;
    }

    private bool WasLeftAlone(FileStamps stamps)
    {
        _ = stamps.Get(Path, out InodeStamp inode);
        if (Stamp != FileStamp.Missing && (inode != Inode || inode.Changed == 0))
        {
            return false;
        }

        for (int i = 0; i < Absences.Count; i++)
        {
            if (!Absences[i].IsUntouched(stamps))
            {
                return false;
            }
        }

        return Array.TrueForAll(Precompiled, extension => stamps.Get(Path + extension) == FileStamp.Missing);
    }

    private sealed record Comparison(FileStamps Stamps, int Generation, string? Change)
    {
        public bool? Untouched { get; set; }
    }
}
