namespace DistBuild.Tasks.Building;

internal enum LibraryKind
{
    /// <summary>An object, or an argument only the linker understands.</summary>
    Unknown,
    Archive,
    Shared,
}

/// <summary>An entry of AdditionalDependencies with what it stands for.</summary>
/// <param name="File">Full path, or null when the linker looks for it itself.</param>
/// <param name="Argument">What the linker gets.</param>
internal sealed record FoundLibrary(string Entry, string? File, string Argument, LibraryKind Kind)
{
    /// <summary>The first bytes decide: a project may call a library of any kind <c>foo.lib</c>.</summary>
    public static FoundLibrary Of(string entry, string file) => new(entry, file, file, FileKind(file));

    private static LibraryKind FileKind(string file)
    {
        byte[] start = new byte[18];
        try
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Read(start, 0, start.Length) < 8)
            {
                return LibraryKind.Unknown;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The linker will say what is wrong with it.
            return LibraryKind.Unknown;
        }

        // The magic of ar(5), and e_ident and e_type (ET_DYN) of elf(5).
        bool archive = start[0] == '!' && start[1] == '<' && start[7] == '\n';
        bool elf = start[0] == 0x7f && start[1] == 'E' && start[2] == 'L' && start[3] == 'F';
        return archive ? LibraryKind.Archive : elf && (start[5] == 1 ? start[16] : start[17]) == 3 ? LibraryKind.Shared : LibraryKind.Unknown;
    }
}
