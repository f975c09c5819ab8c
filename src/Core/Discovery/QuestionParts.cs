using DistBuild.Core.Wire.Datagrams;

namespace DistBuild.Core.Discovery;

/// <summary>Spreads a question over as few datagrams as hold it.</summary>
internal static class QuestionParts
{
    public static IReadOnlyList<WhoHas> Split(IReadOnlyCollection<ulong> toolchains, IReadOnlyCollection<ulong> fingerprints)
    {
        ulong[] compilers = [.. toolchains.Distinct()], keys = [.. fingerprints.Distinct()];
        int count = Math.Max(1, Math.Max(Pages(compilers.Length, WhoHas.MaxToolchains), Pages(keys.Length, WhoHas.MaxFingerprints)));
        return [.. Enumerable.Range(0, count)
            .Select(page => new WhoHas(0, 0, Page(compilers, page, WhoHas.MaxToolchains), Page(keys, page, WhoHas.MaxFingerprints)))];
    }

    private static int Pages(int count, int size) => (count + size - 1) / size;

    private static ulong[] Page(ulong[] values, int page, int size) => [.. values.Skip(page * size).Take(size)];
}
