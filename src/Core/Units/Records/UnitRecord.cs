using DistBuild.Core.Hashing;

namespace DistBuild.Core.Units.Records;

/// <summary>What the last compile of a unit read and wrote.</summary>
/// <param name="Object">The stamp of the object as it was written.</param>
/// <param name="Suspect">Position in <paramref name="Inputs"/> of one that may have changed during the compile, or -1.</param>
internal sealed record UnitRecord(Digest Command, FileStamp Object, IReadOnlyList<RecordedInput> Inputs, int Suspect)
{
    public const int NoSuspect = -1;
}

/// <summary>A file as a compile read it, shared by all units that read it like that. Equal when path and stamp are.</summary>
internal sealed class RecordedInput(string path, FileStamp stamp) : IEquatable<RecordedInput>
{
    private Comparison? _last;

    public string Path { get; } = path;

    public FileStamp Stamp { get; } = stamp;

    /// <summary>Null when the file is as it was, else what happened to it.</summary>
    public string? Change(FileStamps stamps)
    {
        // Hundreds of units share a header: they also share the comparison, as long as the build's view of the files stands.
        Comparison? last = _last;
        if (last is null || last.Stamps != stamps || last.Generation != stamps.Generation)
        {
            _last = last = new Comparison(stamps, stamps.Generation, Compare(stamps.Get(Path)));
        }

        return last.Change;
    }

    public bool Equals(RecordedInput? other) => other is not null && Stamp == other.Stamp && string.Equals(Path, other.Path, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as RecordedInput);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Path) ^ Stamp.Modified.GetHashCode();

    private string? Compare(FileStamp now) =>
        now == Stamp ? null
        : now == FileStamp.Missing ? $"{Path} is gone"
        : Stamp == FileStamp.Missing ? $"{Path} appeared"
        : $"{Path} changed";

    private sealed record Comparison(FileStamps Stamps, int Generation, string? Change);
}
