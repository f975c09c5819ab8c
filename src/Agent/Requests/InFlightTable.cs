using DistBuild.Core.Client;
using DistBuild.Core.Hashing;

namespace DistBuild.Agent.Requests;

/// <summary>The compiles that run now, by key: what a second client asks for meanwhile is waited for, not compiled again.</summary>
internal sealed class InFlightTable(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Digest, InFlightCompile> _byKey = [];
    private readonly Dictionary<ulong, InFlightCompile> _byFingerprint = [];

    /// <summary>A snapshot, for people.</summary>
    public IReadOnlyList<InFlightCompile> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _byKey.Values];
            }
        }
    }

    public TimeSpan Age(InFlightCompile compile) => time.GetElapsedTime(compile.Started);

    public bool Contains(ulong fingerprint)
    {
        lock (_gate)
        {
            return _byFingerprint.ContainsKey(fingerprint);
        }
    }

    /// <summary>The compile of a key that runs now, with the caller's interest in it; null when none does.</summary>
    public InFlightCompile? TryJoin(Digest key)
    {
        lock (_gate)
        {
            if (!_byKey.TryGetValue(key, out InFlightCompile? compile))
            {
                return null;
            }

            compile.Interested++;
            return compile;
        }
    }

    /// <summary>The compile of a key, with the caller's interest in it: the one that runs now, else one that this call starts.</summary>
    /// <param name="start">Compiles; runs on a thread of its own.</param>
    /// <returns>The compile, and whether this call started it.</returns>
    public (InFlightCompile Compile, bool IsFirst) JoinOrStart(
        Digest key, string client, string compiler, Func<CancellationToken, Task<RemoteCompileResult>> start)
    {
        lock (_gate)
        {
            if (_byKey.TryGetValue(key, out InFlightCompile? running))
            {
                running.Interested++;
                return (running, false);
            }

            InFlightCompile compile = new(this, key, client, compiler, time.GetTimestamp(), new CancellationTokenSource());
            _byKey.Add(key, compile);
            _byFingerprint[key.Fingerprint] = compile;
            compile.Result = Task.Run(() => RunAsync(compile, start));
            return (compile, true);
        }
    }

    internal void Leave(InFlightCompile compile)
    {
        bool isAlone;
        lock (_gate)
        {
            isAlone = --compile.Interested == 0 && Remove(compile);
        }

        if (isAlone)
        {
            compile.Cancellation.Cancel();
        }
    }

    private async Task<RemoteCompileResult> RunAsync(InFlightCompile compile, Func<CancellationToken, Task<RemoteCompileResult>> start)
    {
        try
        {
            return await start(compile.Cancellation.Token);
        }
        finally
        {
            lock (_gate)
            {
                Remove(compile);
            }
        }
    }

    private bool Remove(InFlightCompile compile)
    {
        if (!_byKey.TryGetValue(compile.Key, out InFlightCompile? current) || current != compile)
        {
            return false;
        }

        _byKey.Remove(compile.Key);
        if (_byFingerprint.GetValueOrDefault(compile.Key.Fingerprint) == compile)
        {
            _byFingerprint.Remove(compile.Key.Fingerprint);
        }

        return true;
    }
}
