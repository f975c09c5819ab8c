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
    IReadOnlyList<JobView>? Jobs,
    string? Problem)
{
    public static readonly IReadOnlyList<string> Columns = ["agent", "endpoint", "slots free", "queue", "load", "power", "objects", "size", "toolchains"];

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
        status?.Jobs.Select(job => new JobView(job.Key.ToString(), job.Client, job.Waiting, (long)job.Elapsed.TotalMilliseconds)).ToArray(),
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
        Problem ?? string.Join(", ", Toolchains!.Select(toolchain => toolchain.Name)),
    ];
}

internal sealed record ToolchainView(string Name, string Digest);

/// <param name="Bytes">What they take; with <paramref name="Limit"/>, in bytes.</param>
internal sealed record StoreView(long Objects, long Bytes, long Limit);

/// <param name="Waiting">Requests that wait for it, the first one included.</param>
internal sealed record JobView(string Key, string Client, int Waiting, long Milliseconds);
