using System.Buffers.Binary;

namespace DistBuild.Fuzz;

/// <summary>Damage of the kinds that find mistakes in parsers: bits, extreme numbers of every width, cuts, repetitions, and parts of other inputs.</summary>
internal sealed class Mutator(Random random)
{
    private const int MostChanges = 6, Longest = 64 * 1024, OneIsRandom = 50;

    private static readonly ulong[] Extremes = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x7fff_ffff_ffff_ffff, ulong.MaxValue];

    public byte[] Next(IReadOnlyList<byte[]> corpus)
    {
        if (random.Next(OneIsRandom) == 0)
        {
            byte[] noise = new byte[random.Next(200)];
            random.NextBytes(noise);
            return noise;
        }

        List<byte> mutant = [.. corpus[random.Next(corpus.Count)]];
        for (int changes = random.Next(1, MostChanges); changes > 0; changes--)
        {
            Change(mutant, corpus);
        }

        return [.. mutant.Take(Longest)];
    }

    private void Change(List<byte> mutant, IReadOnlyList<byte[]> corpus)
    {
        int place = random.Next(mutant.Count + 1), length = Math.Min(random.Next(1, 1 + random.Next(1, 64)), mutant.Count - place);
        switch (random.Next(8))
        {
            case 0 when place < mutant.Count:
                mutant[place] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when place < mutant.Count:
                mutant[place] = (byte)random.Next(256);
                break;
            case 2:
                Number(mutant, place);
                break;
            case 3:
                mutant.RemoveRange(place, length);
                break;
            case 4:
                mutant.InsertRange(random.Next(mutant.Count + 1), mutant.GetRange(place, length));
                break;
            case 5:
                mutant.Insert(place, (byte)random.Next(256));
                break;
            case 6:
                byte[] other = corpus[random.Next(corpus.Count)];
                int from = random.Next(other.Length + 1);
                mutant.InsertRange(place, other.AsSpan(from, Math.Min(random.Next(1, 200), other.Length - from)).ToArray());
                break;
            default:
                mutant.RemoveRange(place, mutant.Count - place);
                break;
        }
    }

    private void Number(List<byte> mutant, int place)
    {
        int width = 1 << random.Next(4);
        if (place + width > mutant.Count)
        {
            return;
        }

        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        ulong value = Extremes[random.Next(Extremes.Length)] + (ulong)random.Next(-2, 3);
        bool isBigEndian = random.Next(2) == 0;
        if (isBigEndian)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes, value << (64 - (8 * width)));
        }
        else
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        }

        for (int i = 0; i < width; i++)
        {
            mutant[place + i] = bytes[i];
        }
    }
}
