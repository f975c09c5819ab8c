using DistBuild.Core.Hashing;
using DistBuild.Core.Units;

namespace DistBuild.Core.Store;

/// <summary>A result as the store keeps it.</summary>
/// <param name="Key">The name of the result.</param>
/// <param name="Content">SHA-256 of the object's bytes, taken when it was added.</param>
/// <param name="Producer">Who compiled it.</param>
public sealed record StoredEntry(Digest Key, Digest Content, string Producer, CompiledResult Result);
