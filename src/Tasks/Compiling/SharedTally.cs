using DistBuild.Core.Units.Reports;
using Microsoft.Build.Framework;

namespace DistBuild.Tasks.Compiling;

/// <summary>The tally that all projects of one build share in one build node; MSBuild ends it with the build.</summary>
internal static class SharedTally
{
    private static readonly object Gate = new();

    /// <summary>Null where the host keeps nothing for a build: then projects count alone.</summary>
    public static BuildTally? Get(IBuildEngine engine, string store, string scope)
    {
        if (engine is not IBuildEngine4 registry || scope.Length == 0)
        {
            return null;
        }

        string key = $"DistBuild.Tally|{store}|{scope}";
        lock (Gate)
        {
            if (registry.GetRegisteredTaskObject(key, RegisteredTaskObjectLifetime.Build) is BuildTally shared)
            {
                return shared;
            }

            shared = BuildTally.Join(store, scope);
            registry.RegisterTaskObject(key, shared, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
            return shared;
        }
    }
}
