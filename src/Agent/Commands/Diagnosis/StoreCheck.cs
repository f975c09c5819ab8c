using DistBuild.Agent.Commands.Output;
using DistBuild.Core.Client;
using DistBuild.Core.Hashing;
using DistBuild.Core.Store;
using DistBuild.Core.Units;

namespace DistBuild.Agent.Commands.Diagnosis;

/// <summary>Whether a build here can keep and find results.</summary>
internal static class StoreCheck
{
    private const string About = "store";

    public static Check Run(BuildOptions options)
    {
        ObjectStore store = ObjectStore.Open(options.Store, options.StoreSize);
        // A key nobody has, added, read and removed: that is what a build does.
        Digest probe = Digest.Of(Guid.NewGuid().ToByteArray());
        bool kept = store.TryAdd(probe, new CompiledResult(probe.ToArray(), default, default), "doctor") && store.TryGet(probe) is not null;
        store.Remove(probe);
        StoreStatistics holds = store.Statistics();
        string found = $"{store.Folder}: {Quantity.Of(holds.Entries, "object")}, {Quantity.Bytes(holds.Bytes)} of {Quantity.Bytes(holds.Limit)}";
        return kept && store.Problem is null
            ? Check.Good(About, found)
            : Check.Broken(
                About,
                store.Problem ?? $"{found}; a result could not be kept",
                "Make room or give it to this account, or name another folder in DistBuildStore.");
    }
}
