namespace DistBuild.Core.Wire;

/// <summary>CryptographicOperations.FixedTimeEquals for netstandard2.0 too.</summary>
internal static class FixedTime
{
    public static bool AreEqual(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        if (expected.Length != actual.Length)
        {
            return false;
        }

        int difference = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            difference |= expected[i] ^ actual[i];
        }

        return difference == 0;
    }
}
