namespace DistBuild.Agent.Requests;

/// <summary>The compile slots this machine lends, and the queue before them.</summary>
internal interface ISlotPool
{
    /// <summary>How many compiles run at once.</summary>
    int Slots { get; }

    /// <summary>How many of them are lent now: fewer while the machine's owner needs it, none while it is short of memory.</summary>
    int Allowed { get; }

    /// <summary>Of these, idle now.</summary>
    int Free { get; }

    /// <summary>Requests that wait for a slot.</summary>
    int Queue { get; }

    /// <summary>Waits for a slot; disposing the result gives it back, exactly once.</summary>
    /// <param name="client">Who asks: slots are shared fairly between clients.</param>
    /// <exception cref="NoSlotsException">None is lent now.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; no slot is held and the place in the queue is given up.</exception>
    Task<IDisposable> AcquireAsync(string client, CancellationToken cancellationToken);
}
