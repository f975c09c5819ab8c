namespace DistBuild.Core.Compilers;

/// <summary>Finds what compilers really are, by content. Remembers results for the process and, by file identity, in a folder.</summary>
public sealed class ToolchainIdentifier
{
    /// <param name="cacheFolder">Where identities are remembered between processes; null remembers only in memory.</param>
    public ToolchainIdentifier(string? cacheFolder) => _ = cacheFolder;

    /// <summary>The toolchain a command would use, or null with a reason when it cannot be known (a wrapper script, an unknown driver, a missing file).</summary>
    public Task<(Toolchain? Toolchain, string? Reason)> IdentifyAsync(
        string compiler, string workingDirectory, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Every toolchain on this machine's PATH (gcc, g++, clang, clang++, clang-cl, versioned and cross names; cl where found), each once per digest and driver name.</summary>
    public Task<IReadOnlyList<Toolchain>> FindAllAsync(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
