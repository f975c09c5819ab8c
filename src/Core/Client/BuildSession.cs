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

    public BuildSession(BuildOptions options, TimeProvider time)
    {
        (Options, Time) = (options, time);
        Store = ObjectStore.Open(options.Store, options.StoreSize);
        Manifests = new ManifestStore(Store);
        string remembered = Path.Combine(options.Store, ToolchainFolder);
        Toolchains = new ToolchainIdentifier(remembered);
        SystemIncludes = new SystemIncludes(remembered);
        Agents = new AgentPool(options, time);
        Sample = new AuditSample(options.Verify);
    }

    public BuildOptions Options { get; }

    internal TimeProvider Time { get; }

    internal ObjectStore Store { get; }

    internal ToolchainIdentifier Toolchains { get; }

    internal ManifestStore Manifests { get; }

    internal SystemIncludes SystemIncludes { get; }

    internal NativeProcessors Processors { get; } = new();

    internal SourceFiles Sources { get; } = new();

    internal AgentPool Agents { get; }

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
        await Agents.DisposeAsync().ConfigureAwait(false);
        Store.Trim(CancellationToken.None);
    }
}
