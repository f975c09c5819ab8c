namespace DistBuild.Core.Units;

/// <summary>What a successful compile left behind and a store keeps: never the result of a failed compile, never an empty object.</summary>
/// <param name="Object">The object file's bytes.</param>
/// <param name="Output">What the compiler printed to standard output, verbatim.</param>
/// <param name="Errors">What the compiler printed to standard error, verbatim.</param>
public sealed record CompiledResult(ReadOnlyMemory<byte> Object, ReadOnlyMemory<byte> Output, ReadOnlyMemory<byte> Errors)
{
    /// <summary>Whether the compiler printed anything.</summary>
    public bool HasWords => Output.Length + Errors.Length > 0;

    /// <summary>The same bytes in memory of its own.</summary>
    internal CompiledResult Copy() => new(Object.ToArray(), Output.ToArray(), Errors.ToArray());
}
