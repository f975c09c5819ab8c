using DistBuild.Core.Client;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Client;

/// <summary>Does something in the middle of a build: when its first unit is finished.</summary>
internal sealed class AtFirstFinished(Action action) : IBuildObserver
{
    public void Finished(UnitResult result, int finished, int total)
    {
        if (finished == 1)
        {
            action();
        }
    }

    public void Report(Diagnostic diagnostic, params object[] values) => Assert.Fail(diagnostic.Format(values));
}
