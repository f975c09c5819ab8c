using System.Text;
using DistBuild.Core.Hashing;

namespace DistBuild.Simulator;

/// <summary>Something to compile.</summary>
/// <param name="Work">What it takes on a typical core.</param>
/// <param name="Text">Bytes of its preprocessed text: what its length says of its work is no more than in life.</param>
internal sealed record SimulatedUnit(Digest Key, TimeSpan Work, long Text)
{
    /// <summary>Fingerprint of the compiler that all use.</summary>
    public const ulong Toolchain = 12;

    /// <summary>One that takes longer would alone decide when all are done.</summary>
    private const double Longest = 10;

    /// <summary>Of lognormal work with a mean of 1 s.</summary>
    public static SimulatedUnit Draw(string name, Random random)
    {
        double seconds = Math.Min(Math.Exp(Normal(random) - 0.5), Longest), bytesPerSecond = 1e6 * Math.Exp(0.5 * Normal(random));
        return new SimulatedUnit(Digest.Of(Encoding.ASCII.GetBytes(name)), TimeSpan.FromSeconds(seconds), (long)(seconds * bytesPerSecond) + 1);
    }

    // Box and Muller 1958.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
