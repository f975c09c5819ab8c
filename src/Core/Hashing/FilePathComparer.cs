using System.Runtime.InteropServices;

namespace DistBuild.Core.Hashing;

/// <summary>Whether two spellings of a path are one file, as this system's file names go: without case on Windows.</summary>
public static class FilePathComparer
{
    public static StringComparer Instance { get; } =
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
}
