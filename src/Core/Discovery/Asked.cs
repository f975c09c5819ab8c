using DistBuild.Core.Wire.Datagrams;

namespace DistBuild.Core.Discovery;

/// <summary>One part of a question that went to one destination, or was shouted. All its transmissions share this.</summary>
/// <param name="content">Fingerprints and toolchains; nonce and time differ per transmission.</param>
/// <param name="to">Null for a shout.</param>
internal sealed class Asked(QuestionRound round, WhoHas content, Destination? to)
{
    public QuestionRound Round { get; } = round;

    public WhoHas Content { get; } = content;

    public Destination? To { get; } = to;

    /// <summary>Counted in the round's window as someone to wait for.</summary>
    public bool IsAwaited { get; set; }

    /// <summary>Answered or refused.</summary>
    public bool IsDone { get; set; }
}
