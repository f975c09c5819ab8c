#if NETSTANDARD2_0
using System.Runtime.InteropServices;
using System.Text;
#endif

namespace DistBuild.Core.Compatibility;

/// <summary>FileInfo.LinkTarget, which netstandard2.0 lacks: on Windows no compiler is behind a link, and mono asks the C library.</summary>
internal static class SymbolicLink
{
#if NETSTANDARD2_0
    private const int LongestPath = 4096;
#endif

    /// <summary>What the link at this path says, as it stands there; null where there is no link.</summary>
    public static string? Target(string path)
    {
#if NETSTANDARD2_0
        byte[] target = new byte[LongestPath];
        int length = Path.DirectorySeparatorChar == '/' ? (int)ReadLink(Encoding.UTF8.GetBytes(path + '\0'), target, (UIntPtr)target.Length) : 0;
        return length > 0 ? Encoding.UTF8.GetString(target, 0, length) : null;
#else
        return new FileInfo(path).LinkTarget;
#endif
    }

#if NETSTANDARD2_0
    [DllImport("libc", EntryPoint = "readlink")]
    private static extern IntPtr ReadLink(byte[] path, byte[] target, UIntPtr size);
#endif
}
