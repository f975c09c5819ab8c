using Microsoft.Build.Framework;

namespace DistBuild.Tasks.Compiling;

/// <summary>Processor cores that MSBuild lends to this task, so that many build nodes together do not start more compilers than the machine has cores.</summary>
internal sealed class GrantedCores : IDisposable
{
    private readonly IBuildEngine9? _engine;

    private GrantedCores(IBuildEngine9? engine, int count) => (_engine, Count) = (engine, count);

    /// <summary>At least 1.</summary>
    public int Count { get; }

    public static GrantedCores Request(IBuildEngine engine, int wanted)
    {
        if (engine is not IBuildEngine9 lender)
        {
            return new GrantedCores(null, wanted);
        }

        try
        {
            return new GrantedCores(lender, Math.Max(1, lender.RequestCores(wanted)));
        }
        catch (NotImplementedException)
        {
            // A host that has the interface but no scheduler (an out-of-process task host).
            return new GrantedCores(null, wanted);
        }
    }

    public void Dispose() => _engine?.ReleaseCores(Count);
}
