using DistBuild.Core.Client;
using Microsoft.Build.Framework;

namespace DistBuild.Tasks.Compiling;

/// <summary>The session that all projects of one build share in one build node; MSBuild ends it with the build.</summary>
internal sealed class SharedSession : IDisposable
{
    private static readonly object Gate = new();

    private readonly BuildSession _session;

    private SharedSession(BuildSession session) => _session = session;

    public static BuildSession Get(IBuildEngine engine, BuildOptions options)
    {
        if (engine is not IBuildEngine4 registry)
        {
            return new BuildSession(options, TimeProvider.System);
        }

        string key = $"DistBuild.Session|{options.Store}|{options.StoreSize}|{string.Join(";", options.Agents)}|{options.Broadcast}|{options.Port}|{options.ClusterKeyFile}|{options.LocalSlots}|{options.Verify}";
        lock (Gate)
        {
            if (registry.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) is SharedSession shared)
            {
                return shared._session;
            }

            shared = new SharedSession(new BuildSession(options, TimeProvider.System));
            registry.RegisterTaskObject(key, shared, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
            return shared._session;
        }
    }

    // MSBuild disposes synchronously, on a thread without a synchronisation context.
    public void Dispose() => _session.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
