namespace DistBuild.Core.Units.Records;

/// <summary>Names that a compile looked for in a folder, in vain: one that appears there now would be read.</summary>
/// <param name="Folder">Full path; the folder may not exist.</param>
/// <param name="Stamp">The folder as it was: while it is, nothing appeared. <see cref="Unknown"/> where it changed so late that it tells nothing.</param>
/// <param name="Inode">Its change time says so too: a program can set back the other.</param>
/// <param name="Names">Names directly in the folder.</param>
internal sealed record RecordedAbsence(string Folder, FileStamp Stamp, InodeStamp Inode, IReadOnlyList<string> Names)
{
    /// <summary>No folder's stamp.</summary>
    public static FileStamp Unknown { get; } = new(-3, 0);

    /// <summary>Whether nothing came or went in the folder, whatever its name.</summary>
    public bool IsUntouched(FileStamps stamps) => stamps.Get(Folder, out InodeStamp inode) == Stamp && inode == Inode;

    /// <summary>What appeared, or null.</summary>
    public string? Appeared(FileStamps stamps)
    {
        if (IsUntouched(stamps))
        {
            return null;
        }

        for (int i = 0; i < Names.Count; i++)
        {
            if (stamps.Has(Folder, Names[i]))
            {
                return $"{Names[i]} appeared in {Folder}";
            }
        }

        return null;
    }

    public bool Equals(RecordedAbsence? other) =>
        other is not null && Stamp == other.Stamp && Inode == other.Inode && string.Equals(Folder, other.Folder, StringComparison.Ordinal) && Names.SequenceEqual(other.Names, StringComparer.Ordinal);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Folder) ^ Stamp.Modified.GetHashCode() ^ Names.Count;
}
