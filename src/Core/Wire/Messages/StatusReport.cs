using DistBuild.Core.Hashing;
using DistBuild.Core.Store;

namespace DistBuild.Core.Wire.Messages;

/// <summary>A compiler of an agent.</summary>
/// <param name="Name">For people.</param>
public sealed record StatusToolchain(Digest Digest, string Name);

/// <summary>A compile an agent runs now.</summary>
/// <param name="Client">The client that brought it.</param>
/// <param name="Waiting">How many requests wait for it, its own included.</param>
/// <param name="Compiler">The toolchain's name, for people.</param>
public sealed record StatusJob(Digest Key, string Client, int Waiting, TimeSpan Elapsed, string Compiler);

/// <summary>Entries of an agent's store, as <see cref="StoreSample"/> chooses them.</summary>
public sealed record StatusSample(int Bits, IReadOnlyList<ulong> Fingerprints);

/// <summary>What an agent is doing now, for <c>distbuild status</c>.</summary>
/// <remarks><code>
/// | agent id 16 | name text | version text | uptime s u32 |
/// | slots u16 | free u16 | queue u16 | power u16 | load u8 | free memory MiB u32 | connections u16 |
/// | store entries u64 | store bytes u64 | store limit u64 | given u64 |
/// | count u16 | digest 32, name text ... | count u16 | key 32, client text, waiting u16, elapsed ms u32, compiler text ... |
/// | sample bits u8 | count u16 | fingerprint u64 ... |
/// </code></remarks>
/// <param name="Version">The product's, for people.</param>
/// <param name="Given">Entries that clients got from it since it started, without a compile of theirs.</param>
/// <param name="Toolchains">At most <see cref="WireLimits.MaxListed"/>, like <paramref name="Jobs"/>.</param>
public sealed record StatusReport(
    Guid AgentId,
    string Name,
    string Version,
    TimeSpan Uptime,
    int Slots,
    int FreeSlots,
    int Queue,
    int Power,
    int Load,
    int FreeMemory,
    int Connections,
    long StoreEntries,
    long StoreBytes,
    long StoreLimit,
    long Given,
    IReadOnlyList<StatusToolchain> Toolchains,
    IReadOnlyList<StatusJob> Jobs,
    StatusSample Sample) : WireMessage
{
    public override FrameType Type => FrameType.StatusReport;

    public static StatusReport Read(ref PayloadReader reader) => new(
        reader.Guid(), reader.Text(), reader.Text(), TimeSpan.FromSeconds(reader.U32()),
        reader.U16(), reader.U16(), reader.U16(), reader.U16(), reader.U8(), reader.Length(int.MaxValue), reader.U16(),
        (long)reader.U64(), (long)reader.U64(), (long)reader.U64(), (long)reader.U64(),
        ReadToolchains(ref reader), ReadJobs(ref reader), ReadSample(ref reader));

    public override void Write(PayloadWriter payload)
    {
        payload.Guid(AgentId).Text(Name).Text(Version).U32((uint)Uptime.TotalSeconds);
        payload.U16(Clamp.U16(Slots)).U16(Clamp.U16(FreeSlots)).U16(Clamp.U16(Queue)).U16(Clamp.U16(Power));
        payload.U8(Clamp.U8(Load)).U32(Clamp.U32(FreeMemory)).U16(Clamp.U16(Connections));
        payload.U64((ulong)StoreEntries).U64((ulong)StoreBytes).U64((ulong)StoreLimit).U64((ulong)Given);
        payload.U16((ushort)Toolchains.Count);
        foreach (StatusToolchain toolchain in Toolchains)
        {
            payload.Digest(toolchain.Digest).Text(toolchain.Name);
        }

        payload.U16((ushort)Jobs.Count);
        foreach (StatusJob job in Jobs)
        {
            payload.Digest(job.Key).Text(job.Client).U16(Clamp.U16(job.Waiting)).U32((uint)job.Elapsed.TotalMilliseconds).Text(job.Compiler);
        }

        payload.U8((byte)Sample.Bits).U16((ushort)Sample.Fingerprints.Count);
        foreach (ulong fingerprint in Sample.Fingerprints)
        {
            payload.U64(fingerprint);
        }
    }

    private static StatusToolchain[] ReadToolchains(ref PayloadReader reader)
    {
        StatusToolchain[] toolchains = new StatusToolchain[reader.Count(Digest.Size + sizeof(ushort))];
        for (int i = 0; i < toolchains.Length; i++)
        {
            toolchains[i] = new StatusToolchain(reader.Digest(), reader.Text());
        }

        return toolchains;
    }

    private static StatusJob[] ReadJobs(ref PayloadReader reader)
    {
        StatusJob[] jobs = new StatusJob[reader.Count(Digest.Size + sizeof(ushort) + sizeof(ushort) + sizeof(uint) + sizeof(ushort))];
        for (int i = 0; i < jobs.Length; i++)
        {
            jobs[i] = new StatusJob(reader.Digest(), reader.Text(), reader.U16(), TimeSpan.FromMilliseconds(reader.U32()), reader.Text());
        }

        return jobs;
    }

    private static StatusSample ReadSample(ref PayloadReader reader)
    {
        int bits = reader.U8();
        ulong[] fingerprints = new ulong[reader.Count(sizeof(ulong))];
        for (int i = 0; i < fingerprints.Length; i++)
        {
            fingerprints[i] = reader.U64();
        }

        return new StatusSample(bits, fingerprints);
    }
}
