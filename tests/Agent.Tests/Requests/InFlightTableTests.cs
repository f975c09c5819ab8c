using DistBuild.Agent.Requests;
using DistBuild.Core.Client;
using DistBuild.Core.Hashing;

namespace DistBuild.Agent.Tests.Requests;

[TestClass]
public sealed class InFlightTableTests
{
    private static readonly Digest Key = Digest.Of("key"u8);
    private static readonly RemoteCompileResult Made = new(null, 1, "", false);

    private readonly InFlightTable _table = new(TimeProvider.System);
    private readonly TaskCompletionSource<RemoteCompileResult> _compiler = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [TestMethod]
    [Timeout(60_000)]
    public async Task The_second_who_wants_a_key_waits_for_the_first_ones_compile()
    {
        (InFlightCompile first, bool isFirst) = Start();
        (InFlightCompile second, bool isSecond) = _table.JoinOrStart(Key, "b", "g++", _ => throw new InvalidOperationException("a second compile"));

        Assert.IsTrue(isFirst);
        Assert.IsFalse(isSecond);
        Assert.IsTrue(_table.Contains(Key.Fingerprint));
        _compiler.SetResult(Made);
        Assert.AreSame(Made, await first.WaitAsync(CancellationToken.None));
        Assert.AreSame(Made, await second.WaitAsync(CancellationToken.None));
        Assert.IsEmpty(_table.All);
        Assert.IsFalse(_table.Contains(Key.Fingerprint));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_compile_goes_on_while_anybody_wants_it_and_is_cancelled_when_nobody_does()
    {
        InFlightCompile compile = Start().Compile;
        InFlightCompile second = _table.TryJoin(Key)!;
        using CancellationTokenSource a = new(), b = new();
        Task one = compile.WaitAsync(a.Token), two = second.WaitAsync(b.Token);

        await a.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => one);
        Assert.IsFalse(_cancelled.Task.IsCompleted);
        Assert.HasCount(1, _table.All);

        await b.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => two);
        await _cancelled.Task;
        Assert.IsNull(_table.TryJoin(Key));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task After_a_compile_was_given_up_the_key_can_be_compiled_again()
    {
        using CancellationTokenSource cancel = new();
        Task given = Start().Compile.WaitAsync(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => given);

        (InFlightCompile again, bool isFirst) = _table.JoinOrStart(Key, "b", "g++", _ => Task.FromResult(Made));

        Assert.IsTrue(isFirst);
        Assert.AreSame(Made, await again.WaitAsync(CancellationToken.None));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_compile_that_breaks_breaks_for_all_who_wait_and_leaves_the_table()
    {
        InFlightCompile compile = Start().Compile, second = _table.TryJoin(Key)!;
        _compiler.SetException(new InvalidOperationException("broken"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => compile.WaitAsync(CancellationToken.None));
        await Assert.ThrowsAsync<InvalidOperationException>(() => second.WaitAsync(CancellationToken.None));
        Assert.IsEmpty(_table.All);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task Many_who_come_and_go_at_once_share_one_compile_at_a_time()
    {
        int running = 0, most = 0, runs = 0;
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            (InFlightCompile compile, _) = _table.JoinOrStart(Key, "c", "g++", async token =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                Interlocked.Increment(ref runs);
                await Task.Yield();
                Interlocked.Decrement(ref running);
                return Made;
            });
            await compile.WaitAsync(CancellationToken.None);
        })));

        Assert.AreEqual(1, most);
        Assert.IsInRange(1, 200, runs);
        Assert.IsEmpty(_table.All);
    }

    private (InFlightCompile Compile, bool IsFirst) Start() => _table.JoinOrStart(Key, "a", "g++", token =>
    {
        token.Register(() =>
        {
            _cancelled.TrySetResult();
            _compiler.TrySetCanceled(token);
        });
        return _compiler.Task;
    });
}
