namespace DistBuild.Core.Wire;

/// <summary>Something was to be sent or received on a connection that has ended.</summary>
public sealed class ChannelEndedException(ChannelEnd end) : Exception($"The connection ended: {end.Text}.")
{
    public ChannelEnd End { get; } = end;
}
