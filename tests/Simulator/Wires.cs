using DistBuild.Core.Discovery;
using DistBuild.Core.Wire.Datagrams;

namespace DistBuild.Simulator;

/// <summary>A switched network: some tenths of a millisecond from anybody to anybody, datagrams lost at random, bytes counted. Connections lose nothing.</summary>
internal sealed class Wires(VirtualTime time, Random random, double loss)
{
    // Both with the seal of a cluster key.
    private static readonly int EmptyAnswer = Answer(0);

    /// <summary>Datagrams that agents received or sent.</summary>
    public long Datagrams { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>One way.</summary>
    public TimeSpan Latency => TimeSpan.FromMicroseconds(100 + random.Next(300));

    public static int QuestionSize(int fingerprints) => Math.Max(WhoHas.MinSize, DatagramHeader.Size + 2 + (sizeof(ulong) * (1 + fingerprints)) + DatagramSeal.Size);

    public static int AnswerSize(int fingerprints) => EmptyAnswer + ((fingerprints + 1) / 2);

    // A gigabit, and texts compress to a quarter.
    public static TimeSpan Transfer(long text) => TimeSpan.FromSeconds(text / 4 / 125e6);

    /// <summary>There and back over a connection.</summary>
    public Task RoundTripAsync() => time.DelayAsync(Latency + Latency, CancellationToken.None);

    /// <summary>A question on its way to an agent, or an answer on its way back.</summary>
    public void Send(int size, Action arrive)
    {
        Datagrams++;
        Bytes += size;
        if (random.NextDouble() >= loss)
        {
            time.After(Latency, arrive);
        }
    }

    private static int Answer(int fingerprints) => DatagramSeal.Size + new OfferAnswer(
        0, 0, Guid.Empty, System.Net.IPAddress.Any, 1, default, 1, 1, 0, 100, 0, 0, 0, new Holding[fingerprints], "build-machine-123").ToBytes(null).Length;
}
