namespace DistBuild.Fuzz;

/// <summary>A parser to be fed.</summary>
/// <param name="Corpus">Valid inputs, each of which it must accept; what is fed grows out of these.</param>
/// <param name="Read">
/// Whether an input is accepted. Throws for nothing that bytes can be; what is accepted is also written back and read again, and a difference is a failed assertion.
/// </param>
/// <param name="Seal">Makes an input's checksum right again, so that what stands behind it is reached; null where there is none.</param>
/// <param name="Share">Of the iterations of a run: less where each costs a file.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Corpus, Func<byte[], bool> Read, Func<byte[], byte[]>? Seal = null, double Share = 1)
{
    // What a test's report shows of it.
    public override string ToString() => Name;
}
