using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace DistBuild.Core.Hashing;

/// <summary>
/// xxHash64, as specified in the xxHash fast digest algorithm document, version 0.1.1; of the same shape as K4os.Hash.xxHash's XXH64,
/// which replaces it once that package can be restored.
/// </summary>
public static class XxHash64
{
    private const ulong Prime1 = 0x9E3779B185EBCA87, Prime2 = 0xC2B2AE3D27D4EB4F, Prime3 = 0x165667B19E3779F9;
    private const ulong Prime4 = 0x85EBCA77C2B2AE63, Prime5 = 0x27D4EB2F165667C5;

    private const int StripeLength = 32;

    public static ulong Hash(ReadOnlySpan<byte> data, ulong seed = 0)
    {
        int stripes = data.Length & ~(StripeLength - 1);
        ulong hash = stripes == 0 ? seed + Prime5 : HashStripes(data.Slice(0, stripes), seed);
        return Finish(hash + (ulong)data.Length, data.Slice(stripes));
    }

    // Pointers and forced inlining: precompiled code, which is what a short-lived build process runs, inlines neither span readers nor small methods here
    // and would have a fifth of the speed.
    private static unsafe ulong HashStripes(ReadOnlySpan<byte> stripes, ulong seed)
    {
        ulong v1 = seed + Prime1 + Prime2, v2 = seed + Prime2, v3 = seed, v4 = seed - Prime1;
        bool swap = !BitConverter.IsLittleEndian;
        fixed (byte* start = stripes)
        {
            for (byte* stripe = start, end = start + stripes.Length; stripe < end; stripe += StripeLength)
            {
                v1 = Round(v1, Lane(stripe, swap));
                v2 = Round(v2, Lane(stripe + 8, swap));
                v3 = Round(v3, Lane(stripe + 16, swap));
                v4 = Round(v4, Lane(stripe + 24, swap));
            }
        }

        ulong hash = RotateLeft(v1, 1) + RotateLeft(v2, 7) + RotateLeft(v3, 12) + RotateLeft(v4, 18);
        return Merge(Merge(Merge(Merge(hash, v1), v2), v3), v4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe ulong Lane(byte* bytes, bool swap) => swap ? BinaryPrimitives.ReverseEndianness(*(ulong*)bytes) : *(ulong*)bytes;

    private static ulong Finish(ulong hash, ReadOnlySpan<byte> tail)
    {
        for (; tail.Length >= 8; tail = tail.Slice(8))
        {
            hash = (RotateLeft(hash ^ Round(0, BinaryPrimitives.ReadUInt64LittleEndian(tail)), 27) * Prime1) + Prime4;
        }

        if (tail.Length >= 4)
        {
            hash = (RotateLeft(hash ^ (BinaryPrimitives.ReadUInt32LittleEndian(tail) * Prime1), 23) * Prime2) + Prime3;
            tail = tail.Slice(4);
        }

        foreach (byte b in tail)
        {
            hash = RotateLeft(hash ^ (b * Prime5), 11) * Prime1;
        }

        hash = (hash ^ (hash >> 33)) * Prime2;
        hash = (hash ^ (hash >> 29)) * Prime3;
        return hash ^ (hash >> 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Round(ulong accumulator, ulong lane) => RotateLeft(accumulator + (lane * Prime2), 31) * Prime1;

    private static ulong Merge(ulong hash, ulong accumulator) => ((hash ^ Round(0, accumulator)) * Prime1) + Prime4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong RotateLeft(ulong value, int bits) => (value << bits) | (value >> (64 - bits));
}
