namespace DistBuild.Core.Store;

/// <summary>The parts of an entry. Numbers are on disk and never used again; what is planned has its number already.</summary>
internal enum EntrySection : uint
{
    Object = 1,
    Output = 2,
    Errors = 3,

    /// <summary>Who compiled it, UTF-8, at most <see cref="EntryFormat.MaximumProducer"/> bytes.</summary>
    Producer = 4,
}

/// <summary>What a file in the store is.</summary>
internal enum EntryVerdict
{
    /// <summary>There is no such file, or it cannot be read now.</summary>
    Absent,

    /// <summary>Not an entry, a damaged one, or one of another format version.</summary>
    Damaged,

    /// <summary>Undamaged, but holding something a later DistBuild knows: it stays, and is a miss here.</summary>
    Newer,

    Whole,
}
