using DistBuild.Core.Hashing;

namespace DistBuild.Core.Compilers;

/// <summary>A compiler identified by the content of everything that compiles (driver, cc1plus, assembler, shared libraries, version, target).</summary>
/// <param name="Driver">Full path of the driver on this machine; not part of the identity.</param>
/// <param name="Name">For people: <c>g++ 12.2.0 x86_64-linux-gnu</c>.</param>
public sealed record Toolchain(Digest Digest, ICompilerFamily Family, string Driver, string Name, string Version, string Target);
