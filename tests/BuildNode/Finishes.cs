using System.Collections.Concurrent;
using DistBuild.Core.Client;
using DistBuild.Core.Units;

namespace DistBuild.BuildNode;

/// <summary>When each unit's object was there.</summary>
internal sealed class Finishes : IBuildObserver
{
    private readonly ConcurrentDictionary<TranslationUnit, DateTimeOffset> _times = new();

    public DateTimeOffset At(UnitResult result) => _times[result.Unit];

    public void Finished(UnitResult result, int finished, int total) => _times[result.Unit] = DateTimeOffset.UtcNow;

    public void Report(Diagnostic diagnostic, params object[] values) => Console.Error.WriteLine(diagnostic.Format(values));
}
