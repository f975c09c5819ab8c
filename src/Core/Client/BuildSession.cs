using System.Collections.Concurrent;
using DistBuild.Core.Compilers;
using DistBuild.Core.Store;
using DistBuild.Core.Units.Manifests;

namespace DistBuild.Core.Client;

/// <summary>What all batches of one build share: the local store, the toolchains met so far, and the agents with their connections. Safe for many batches at once.</summary>
public sealed class BuildSession : IAsyncDisposable
{
    private const string ToolchainFolder = "toolchains";

    private readonly ConcurrentDictionary<string, bool> _reported = new();

    // A build in which nothing changed needs neither the store nor anybody else.
    private readonly Lazy<ObjectStore> _store;
    private readonly Lazy<ManifestStore> _manifests;
    private readonly Lazy<AgentPool> _agents;

    public BuildSession(BuildOptions options, TimeProvider time)
    {
        (Options, Time) = (options, time);
        _store = new Lazy<ObjectStore>(() => ObjectStore.Open(options.Store, options.StoreSize));
        _manifests = new Lazy<ManifestStore>(() => new ManifestStore(Store));
        _agents = new Lazy<AgentPool>(() => new AgentPool(options, time));
        string remembered = Path.Combine(options.Store, ToolchainFolder);
        Toolchains = new ToolchainIdentifier(remembered);
        SystemIncludes = new SystemIncludes(remembered);
        Sample = new AuditSample(options.Verify);
    }

    public BuildOptions Options { get; }

    internal TimeProvider Time { get; }

    internal ObjectStore Store => _store.Value;

    internal ToolchainIdentifier Toolchains { get; }

    internal ManifestStore Manifests => _manifests.Value;

    internal SystemIncludes SystemIncludes { get; }

    /// <summary>What is compiled here at the moment.</summary>
    internal KeysInWork InWork { get; } = new();

    internal NativeProcessors Processors { get; } = new();

    internal SourceFiles Sources { get; } = new();

    internal AgentPool Agents => _agents.Value;

    /// <summary>Which hits are compiled all the same.</summary>
    internal AuditSample Sample { get; }

    /// <summary>Reports a problem of what the build shares, the first time only, whichever batch meets it.</summary>
    internal void ReportOnce(IBuildObserver observer, Diagnostic diagnostic, params object[] values)
    {
        if (_reported.TryAdd(diagnostic.Format(values), true))
        {
            observer.Report(diagnostic, values);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_agents.IsValueCreated)
        {
            await Agents.DisposeAsync().ConfigureAwait(false);
        }

        if (_store.IsValueCreated)
        {
            Store.Trim(CancellationToken.None);
        }
    }
}
