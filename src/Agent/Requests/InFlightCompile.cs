using DistBuild.Core.Client;
using DistBuild.Core.Hashing;

namespace DistBuild.Agent.Requests;

/// <summary>A compile that runs now, and everybody who waits for it. It is cancelled when nobody does any more.</summary>
internal sealed class InFlightCompile(InFlightTable table, Digest key, string client, string compiler, long started, CancellationTokenSource cancellation)
{
    public Digest Key { get; } = key;

    /// <summary>Who brought it.</summary>
    public string Client { get; } = client;

    /// <summary>For people.</summary>
    public string Compiler { get; } = compiler;

    /// <summary>A timestamp of the table's clock.</summary>
    public long Started { get; } = started;

    /// <summary>Guarded by the table.</summary>
    public int Interested { get; set; } = 1;

    /// <summary>Set by the table before anybody sees this.</summary>
    public Task<RemoteCompileResult> Result { get; set; } = null!;

    public CancellationTokenSource Cancellation { get; } = cancellation;

    /// <summary>The result. To be called once by everybody whom the table gave this compile: it also ends the interest.</summary>
    /// <exception cref="OperationCanceledException">The caller's token said so; the compile goes on for others.</exception>
    public async Task<RemoteCompileResult> WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Result.WaitAsync(cancellationToken);
        }
        finally
        {
            table.Leave(this);
        }
    }
}
