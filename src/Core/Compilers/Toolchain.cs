using DistBuild.Core.Hashing;

namespace DistBuild.Core.Compilers;

/// <summary>A compiler identified by the content of everything that compiles (driver, cc1plus, assembler, shared libraries, version, target).</summary>
/// <param name="Driver">Full path of the driver on this machine; not part of the identity.</param>
/// <param name="Name">For people: <c>g++ 12.2.0 x86_64-linux-gnu</c>.</param>
public sealed record Toolchain(Digest Digest, ICompilerFamily Family, string Driver, string Name, string Version, string Target)
{
    private readonly IReadOnlyList<string>? _files;

    /// <summary>Full paths of the files its identity was made of: all that it needs of this machine to compile. Not part of the identity.</summary>
    public IReadOnlyList<string> Files
    {
        get => _files ?? [.. Parts.Where(File.Exists)];
        init => _files = value;
    }

    /// <summary>As <see cref="Files"/>, with folders that were only looked at.</summary>
    internal IReadOnlyList<string> Parts { get; init; } = [];

    public bool Equals(Toolchain? other) => other is not null && Digest == other.Digest && Family == other.Family && Driver == other.Driver && Name == other.Name;

    public override int GetHashCode() => Digest.GetHashCode();
}
