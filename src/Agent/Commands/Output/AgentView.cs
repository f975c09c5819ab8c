using System.Globalization;
using DistBuild.Core.Discovery;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Commands.Output;

/// <summary>
/// One agent in <c>status</c>; its properties are the JSON face. What only a connection tells is null when there is none, and <see cref="Problem"/> says why.
/// </summary>
/// <param name="Load">Percent of all cores.</param>
/// <param name="Power">100 is a typical core.</param>
/// <param name="FreeMemory">MiB.</param>
/// <param name="Uptime">Seconds.</param>
/// <param name="Given">Entries that clients got from it since it started, without a compile of theirs.</param>
internal sealed record AgentView(
    string Name,
    Guid AgentId,
    string Endpoint,
    string? Version,
    long? Uptime,
    int Slots,
    int FreeSlots,
    int Queue,
    int Load,
    int Power,
    int FreeMemory,
    int? Connections,
    IReadOnlyList<ToolchainView>? Toolchains,
    StoreView? Store,
    long? Given,
    IReadOnlyList<JobView>? Jobs,
    string? Problem)
{
    public static readonly IReadOnlyList<string> Columns = ["agent", "endpoint", "slots free", "queue", "load", "power", "objects", "size", "given", "toolchains"];

    public static readonly IReadOnlyList<string> JobColumns = ["agent", "compiles for", "since", "compiler"];

    public static AgentView Of(Offer offer, StatusReport? status, string? problem) => new(
        offer.Name,
        offer.AgentId,
        offer.EndPoint.ToString(),
        status?.Version,
        (long?)status?.Uptime.TotalSeconds,
        status?.Slots ?? offer.Slots,
        status?.FreeSlots ?? offer.FreeSlots,
        status?.Queue ?? offer.Queue,
        status?.Load ?? offer.Load,
        status?.Power ?? offer.Power,
        status?.FreeMemory ?? offer.FreeMemory,
        status?.Connections,
        status?.Toolchains.Select(toolchain => new ToolchainView(toolchain.Name, toolchain.Digest.ToString())).ToArray(),
        status is null ? null : new StoreView(status.StoreEntries, status.StoreBytes, status.StoreLimit),
        status?.Given,
        status?.Jobs.Select(job => new JobView(job.Key.ToString(), job.Client, job.Waiting, (long)job.Elapsed.TotalMilliseconds, job.Compiler)).ToArray(),
        problem);

    public IReadOnlyList<string> Cells() =>
    [
        Name,
        Endpoint,
        string.Create(CultureInfo.InvariantCulture, $"{FreeSlots}/{Slots}"),
        Quantity.Count(Queue),
        string.Create(CultureInfo.InvariantCulture, $"{Load} %"),
        Quantity.Count(Power),
        Store is null ? "?" : Quantity.Count(Store.Objects),
        Store is null ? "?" : Quantity.Bytes(Store.Bytes),
        Given is { } given ? Quantity.Count(given) : "?",
        Problem ?? string.Join(", ", Toolchains!.Select(toolchain => toolchain.Name)),
    ];

    /// <summary>A row for each compile that runs now.</summary>
    public IEnumerable<IReadOnlyList<string>> JobCells() => (Jobs ?? []).OrderByDescending(job => job.Milliseconds).Select(job => (string[])
    [
        Name,
        job.Waiting > 1 ? $"{job.Client} and {Quantity.Of(job.Waiting - 1, "other")}" : job.Client,
        string.Create(CultureInfo.InvariantCulture, $"{job.Milliseconds / 1000.0:0.0} s"),
        job.Compiler,
    ]);
}

internal sealed record ToolchainView(string Name, string Digest);

/// <param name="Bytes">What they take; with <paramref name="Limit"/>, in bytes.</param>
internal sealed record StoreView(long Objects, long Bytes, long Limit);

/// <param name="Waiting">Requests that wait for it, the first one included.</param>
internal sealed record JobView(string Key, string Client, int Waiting, long Milliseconds, string Compiler);
