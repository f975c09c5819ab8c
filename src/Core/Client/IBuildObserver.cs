using DistBuild.Core.Units;

namespace DistBuild.Core.Client;

/// <summary>Hears what happens in a build. Calls come from any thread, one at a time.</summary>
public interface IBuildObserver
{
    /// <summary>A unit reached its end.</summary>
    /// <param name="finished">Units finished so far, this one included.</param>
    /// <param name="total">Units of the batch that were not up to date.</param>
    void Finished(UnitResult result, int finished, int total);

    /// <summary>Something a person should know once.</summary>
    void Report(Diagnostic diagnostic, params object[] values);
}
