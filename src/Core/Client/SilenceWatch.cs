using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Core.Client;

/// <summary>Tells the agent now and then that its client lives, and ends a connection whose agent owes an answer and says nothing.</summary>
internal static class SilenceWatch
{
    /// <summary>Returns when the connection has ended or the token says so.</summary>
    public static async Task RunAsync(FrameChannel channel, ClientStreams streams, ConnectionTimings timings, CancellationToken cancellationToken)
    {
        long seen = 0;
        Task alive = Task.CompletedTask;
        for (int tick = 1, silent = 0; channel.Ended is null && !cancellationToken.IsCancellationRequested; tick++)
        {
            await Task.WhenAny(Task.Delay(timings.Tick, cancellationToken)).ConfigureAwait(false);
            long received = channel.ReceivedFrames;
            silent = received == seen && streams.Pending > 0 ? silent + 1 : 0;
            seen = received;
            if (silent >= timings.SilentTicks)
            {
                ChannelEnd end = new(ChannelEndKind.Silent, $"sent nothing for {timings.Tick.TotalSeconds * timings.SilentTicks} s");
                channel.End(end);
                streams.LoseAll(end);
            }
            else if (tick % timings.AliveTicks == 0 && alive.IsCompleted)
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
