namespace DistBuild.Agent.Connections;

/// <summary>What an agent's ports have seen since it started.</summary>
internal sealed class ServerCounters
{
    private long _questionsAnswered, _datagramsIgnored, _connectionsRefused;

    public long QuestionsAnswered => Interlocked.Read(ref _questionsAnswered);

    /// <summary>Broken, forged, repeated, or from somebody who is not believed.</summary>
    public long DatagramsIgnored => Interlocked.Read(ref _datagramsIgnored);

    /// <summary>No place, no loopback address, or no handshake in time.</summary>
    public long ConnectionsRefused => Interlocked.Read(ref _connectionsRefused);

    public void QuestionAnswered() => Interlocked.Increment(ref _questionsAnswered);

    public void DatagramIgnored() => Interlocked.Increment(ref _datagramsIgnored);

    public void ConnectionRefused() => Interlocked.Increment(ref _connectionsRefused);
}
