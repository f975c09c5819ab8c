namespace DistBuild.Core.Wire;

public enum FrameDirection
{
    ToAgent,
    ToClient,
    Both,
}

/// <summary>What the protocol says of one message besides its bytes.</summary>
/// <param name="Since">The version that brought it.</param>
public sealed record FrameDescription(FrameType Type, FrameDirection Direction, string Since);

/// <summary>Every message with its direction: both sides refuse what only they may send.</summary>
public static class FrameCatalogue
{
    public static IReadOnlyList<FrameDescription> All { get; } =
    [
        new(FrameType.Hello, FrameDirection.ToAgent, "1.0"),
        new(FrameType.Welcome, FrameDirection.ToClient, "1.0"),
        new(FrameType.Proof, FrameDirection.ToAgent, "1.0"),
        new(FrameType.Accepted, FrameDirection.ToClient, "1.0"),
        new(FrameType.Rejected, FrameDirection.ToClient, "1.0"),
        new(FrameType.Alive, FrameDirection.Both, "1.0"),
        new(FrameType.Fetch, FrameDirection.ToAgent, "1.0"),
        new(FrameType.Found, FrameDirection.ToClient, "1.0"),
        new(FrameType.Missing, FrameDirection.ToClient, "1.0"),
        new(FrameType.Chunk, FrameDirection.Both, "1.0"),
        new(FrameType.End, FrameDirection.Both, "1.0"),
        new(FrameType.Cancel, FrameDirection.ToAgent, "1.0"),
        new(FrameType.Cancelled, FrameDirection.ToClient, "1.0"),
        new(FrameType.Lease, FrameDirection.ToAgent, "1.0"),
        new(FrameType.Granted, FrameDirection.ToClient, "1.0"),
        new(FrameType.Declined, FrameDirection.ToClient, "1.0"),
        new(FrameType.Release, FrameDirection.ToAgent, "1.0"),
        new(FrameType.Compile, FrameDirection.ToAgent, "1.0"),
        new(FrameType.Result, FrameDirection.ToClient, "1.0"),
        new(FrameType.Claim, FrameDirection.ToAgent, "1.0"),
        new(FrameType.Taken, FrameDirection.ToClient, "1.0"),
        new(FrameType.Claimed, FrameDirection.ToClient, "1.0"),
        new(FrameType.Settle, FrameDirection.ToAgent, "1.0"),
        new(FrameType.Settled, FrameDirection.ToClient, "1.0"),
        new(FrameType.Elsewhere, FrameDirection.ToClient, "1.0"),
        new(FrameType.Keep, FrameDirection.ToAgent, "1.0"),
        new(FrameType.Kept, FrameDirection.ToClient, "1.0"),
        new(FrameType.Status, FrameDirection.ToAgent, "1.0"),
        new(FrameType.StatusReport, FrameDirection.ToClient, "1.0"),
    ];

    private static FrameDescription?[] ByType { get; } = Index();

    /// <summary>The description of a type, or null for a number no version ever gave out.</summary>
    public static FrameDescription? Find(FrameType type) => ByType[(byte)type];

    /// <summary>Whether a side may receive this message.</summary>
    /// <param name="receiver"><see cref="FrameDirection.ToAgent"/> for an agent, <see cref="FrameDirection.ToClient"/> for a client.</param>
    public static bool MayReceive(FrameDirection receiver, FrameType type) =>
        Find(type) is { } description && (description.Direction == FrameDirection.Both || description.Direction == receiver);

    private static FrameDescription?[] Index()
    {
        FrameDescription?[] byType = new FrameDescription?[byte.MaxValue + 1];
        foreach (FrameDescription description in All)
        {
            byType[(byte)description.Type] = description;
        }

        return byType;
    }
}
