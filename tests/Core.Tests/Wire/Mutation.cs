namespace DistBuild.Core.Tests.Wire;

/// <summary>Small damage to bytes, as a broken or hostile peer would do it.</summary>
internal static class Mutation
{
    private static readonly byte[] Extremes = [0, 1, 0x7f, 0x80, 0xff];

    public static byte[] Of(byte[] bytes, Random random)
    {
        List<byte> mutant = [.. bytes];
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int place = random.Next(mutant.Count + 1);
            switch (random.Next(5))
            {
                case 0 when place < mutant.Count:
                    mutant[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when place < mutant.Count:
                    mutant[place] = Extremes[random.Next(Extremes.Length)];
                    break;
                case 2 when place < mutant.Count:
                    mutant.RemoveAt(place);
                    break;
                case 3:
                    mutant.Insert(place, (byte)random.Next(256));
                    break;
                default:
                    mutant.RemoveRange(place, mutant.Count - place);
                    break;
            }
        }

        return [.. mutant];
    }
}
