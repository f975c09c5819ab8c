using System.Collections.Concurrent;
using System.Text;
using DistBuild.Agent.Requests;
using DistBuild.Core.Client;
using DistBuild.Core.Compilers;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;

namespace DistBuild.Agent.Tests.Connections;

/// <summary>A compiler in this process: the object is the text backwards. A text that starts with "error" fails, "crash" throws, "hang" runs until it is let go or cancelled.</summary>
internal sealed class TestCompiler : ICompileService
{
    private readonly ConcurrentQueue<string> _compiled = new();
    private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running, _cancelled;

    public static Toolchain Gcc { get; } = new(Digest.Of("gcc"u8), CompilerFamilies.ByName("gcc")!, "/usr/bin/gcc", "gcc 12.2.0 x86_64-linux-gnu", "12.2.0", "x86_64-linux-gnu");

    public static RemoteJob Job { get; } = new("gcc", "c", ["-O2"]);

    public IReadOnlyList<Toolchain> Toolchains { get; private set; } = [Gcc];

    /// <summary>The texts that came here, in order.</summary>
    public IReadOnlyCollection<string> Compiled => _compiled;

    public int Running => Volatile.Read(ref _running);

    public int Cancelled => Volatile.Read(ref _cancelled);

    public void Withdraw(Toolchain toolchain) => Toolchains = [];

    /// <summary>Ends the compiles that hang.</summary>
    public void LetGo() => _letGo.TrySetResult();

    public async Task<RemoteCompileResult> CompileAsync(Digest toolchain, RemoteJob job, ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        string source = Encoding.UTF8.GetString(text.Span);
        _compiled.Enqueue(source);
        Interlocked.Increment(ref _running);
        try
        {
            if (source.StartsWith("hang", StringComparison.Ordinal))
            {
                await _letGo.Task.WaitAsync(cancellationToken);
            }

            return source.StartsWith("error", StringComparison.Ordinal) ? new RemoteCompileResult(null, 1, "text:1: error: no", false, "printed")
                : source.StartsWith("crash", StringComparison.Ordinal) ? throw new InvalidOperationException("the compiler's service broke")
                : source.StartsWith("endless", StringComparison.Ordinal) ? new RemoteCompileResult(null, null, "no end of words" + new string('x', 200_000), false)
                : source.StartsWith("limit", StringComparison.Ordinal) ? new RemoteCompileResult(null, null, "it ran out of memory", false)
                : new RemoteCompileResult(new CompiledResult(Backwards(text), "out"u8.ToArray(), "a warning"u8.ToArray()), 0, "a warning", false, "out");
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref _cancelled);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public static byte[] Backwards(ReadOnlyMemory<byte> text)
    {
        byte[] bytes = text.ToArray();
        Array.Reverse(bytes);
        return bytes;
    }
}
