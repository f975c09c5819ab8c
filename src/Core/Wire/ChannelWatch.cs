using DistBuild.Core.Compatibility;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Core.Wire;

/// <summary>How often a side looks at its connection.</summary>
/// <param name="Tick">Between two looks.</param>
/// <param name="SilentTicks">
/// Looks without any frame after which the peer is lost. Counted in looks and not by a clock, so that a process that was suspended does not blame the other side.
/// </param>
/// <param name="AliveTicks">Looks between two signs of life to the peer.</param>
public sealed record WatchTimings(TimeSpan Tick, int SilentTicks, int AliveTicks)
{
    public TimeSpan Silence => TimeSpan.FromTicks(Tick.Ticks * SilentTicks);

    /// <summary>From the last frame until its sender is lost, at most: it may have come right after a look.</summary>
    public TimeSpan Longest => Silence + Tick;
}

/// <summary>Gives the peer signs of life, and ends a connection whose peer gives none.</summary>
public static class ChannelWatch
{
    /// <summary>Returns when the connection has ended or the token says so.</summary>
    /// <param name="listens">Whether the peer has to give signs of life now.</param>
    /// <param name="speaks">Whether this side has to; asked when a sign is due.</param>
    /// <param name="quiet">Told at every look without a frame how long there was none.</param>
    public static async Task RunAsync(
        FrameChannel channel, WatchTimings timings, TimeProvider time, Func<bool> listens, Func<bool> speaks, Action<TimeSpan>? quiet, CancellationToken cancellationToken)
    {
        long seen = 0;
        Task alive = Task.CompletedTask;
        for (int tick = 1, silent = 0; channel.Ended is null && !cancellationToken.IsCancellationRequested; tick++)
        {
            await Task.WhenAny(time.DelayAsync(timings.Tick, cancellationToken)).ConfigureAwait(false);
            long received = channel.ReceivedFrames;
            silent = received == seen && listens() ? silent + 1 : 0;
            seen = received;
            if (silent >= timings.SilentTicks)
            {
                channel.End(new ChannelEnd(ChannelEndKind.Silent, FormattableString.Invariant($"sent nothing for {timings.Silence.TotalSeconds:0.#} s")));
                return;
            }

            if (silent > 0)
            {
                quiet?.Invoke(TimeSpan.FromTicks(timings.Tick.Ticks * silent));
            }

            if (tick % timings.AliveTicks == 0 && alive.IsCompleted && speaks())
            {
                alive = SayAliveAsync(channel);
            }
        }
    }

    private static async Task SayAliveAsync(FrameChannel channel)
    {
        try
        {
            await channel.SendAsync(0, Signal.Alive, CancellationToken.None).ConfigureAwait(false);
        }
        catch (ChannelEndedException)
        {
            // The read loop says why.
        }
    }
}
