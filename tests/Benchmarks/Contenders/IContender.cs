using DistBuild.Benchmarks.Measuring;

namespace DistBuild.Benchmarks.Contenders;

/// <summary>One way to compile a corpus, with a cache of its own where it has one.</summary>
internal interface IContender
{
    string Name { get; }

    /// <summary>Removes the objects, as the contender's own Clean does.</summary>
    Task CleanAsync();

    /// <summary>Empties the cache.</summary>
    Task ForgetAsync();

    /// <summary>Builds, and fails unless that worked.</summary>
    Task<Cost> RunAsync();
}
