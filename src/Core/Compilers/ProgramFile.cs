namespace DistBuild.Core.Compilers;

/// <summary>What kind of file a program is.</summary>
internal static class ProgramFile
{
    // ELF, PE, Mach-O (64 bits, and universal).
    private static readonly byte[][] Magics = [[0x7F, (byte)'E', (byte)'L', (byte)'F'], [(byte)'M', (byte)'Z'], [0xCF, 0xFA, 0xED, 0xFE], [0xCA, 0xFE, 0xBA, 0xBE]];

    /// <summary>Whether the file is machine code, not a script; false for a file that cannot be read.</summary>
    public static bool IsBinary(string path)
    {
        byte[] start = new byte[4];
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            int read = stream.Read(start, 0, start.Length);
            return Magics.Any(magic => read >= magic.Length && start.AsSpan(0, magic.Length).SequenceEqual(magic));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
