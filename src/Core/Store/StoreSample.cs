namespace DistBuild.Core.Store;

/// <summary>
/// Some of a store's entries, chosen by their fingerprints alone: those whose lowest <see cref="Bits"/> bits are 0. Every store chooses the same ones, so samples of
/// several stores tell how many copies of an entry there are. A store of up to <see cref="Most"/> entries is its own sample.
/// </summary>
public sealed class StoreSample
{
    /// <summary>Fingerprints: 8 KiB of a message, and an error of about 3 % for copies per entry.</summary>
    public const int Most = 1024;

    /// <summary>A sample of 1 in 2^40 is that of no store that could be; it bounds what fingerprints that no hash gives can do.</summary>
    public const int MostBits = 40;

    private List<ulong> _fingerprints = [];

    /// <summary>The sample is 1 in 2 to the power of this.</summary>
    public int Bits { get; private set; }

    public IReadOnlyList<ulong> Fingerprints => _fingerprints;

    public void Add(ulong fingerprint)
    {
        if (IsIn(fingerprint, Bits))
        {
            _fingerprints.Add(fingerprint);
            while (_fingerprints.Count > Most && Bits < MostBits)
            {
                Bits++;
                _fingerprints = [.. _fingerprints.Where(one => IsIn(one, Bits))];
            }
        }
    }

    public static bool IsIn(ulong fingerprint, int bits) => (fingerprint & ((1UL << bits) - 1)) == 0;
}
