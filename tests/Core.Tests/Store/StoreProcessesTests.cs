using System.Diagnostics;
using DistBuild.Core.Processes;
using DistBuild.Core.Store;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Store;

/// <summary>Many real processes on one store, some of them killed.</summary>
[TestClass]
public sealed class StoreProcessesTests
{
    [TestMethod]
    public async Task Many_processes_add_get_and_trim_and_never_see_anothers_result()
    {
        using TemporaryFolder folder = new();

        // 50 keys of 20 kB each on average and a limit of half of that: every trim removes while others read and add.
        string[] outputs = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(seed => Worker.RunAsync("exec \"$@\"", "hammer", folder["store"], "500000", seed.ToString(), "600")));

        foreach (string output in outputs)
        {
            Assert.AreEqual("problem ", output.TrimEnd('\n'));
        }

        ObjectStore store = ObjectStore.Open(folder["store"], 500_000);
        store.Trim(CancellationToken.None);
        StoreVerification verification = store.Verify(CancellationToken.None);
        Assert.AreEqual(0, verification.Removed);
        Assert.IsGreaterThan(0, verification.Entries);
        Assert.IsEmpty(new StoreLayout(folder["store"]).TemporaryFiles());
    }

    [TestMethod]
    public async Task Processes_killed_in_the_middle_of_adding_leave_only_whole_entries()
    {
        using TemporaryFolder folder = new();
        StoreLayout layout = new(folder["store"]);
        int caught = 0;
        for (int round = 0; round < 20 && caught == 0; round++)
        {
            // Writing 200 MB takes long enough to be killed in it; the other process is killed wherever it happens to be.
            using CancellationTokenSource kill = new();
            Task<ProcessResult> large = ProcessRunner.RunAsync(Fill(folder, round * 10_000, 100, 200_000_000), kill.Token);
            Task<ProcessResult> small = ProcessRunner.RunAsync(Fill(folder, (round * 10_000) + 100, 9000, 10_000), kill.Token);
            await UntilAsync(() => layout.TemporaryFiles().Any(file => file.Length > 1_000_000) || large.IsCompleted);
            await kill.CancelAsync();
            await Assert.ThrowsAsync<OperationCanceledException>(() => large);
            await Assert.ThrowsAsync<OperationCanceledException>(() => small);
            caught = layout.TemporaryFiles().Count();
        }

        Assert.IsGreaterThan(0, caught, "a process was killed while it wrote");
        ObjectStore store = ObjectStore.Open(folder["store"], 1 << 30);
        Assert.AreEqual(0, store.Verify(CancellationToken.None).Removed, "what has a name is whole");
        Assert.IsTrue(store.TryAdd(Results.Key(-1), Results.Of(-1), ""));
        Assert.IsTrue(Results.AreEqual(Results.Of(-1), store.TryGet(Results.Key(-1))!));

        foreach (FileInfo file in layout.TemporaryFiles())
        {
            file.LastWriteTimeUtc = DateTime.UtcNow.AddDays(-2);
        }

        store.Trim(CancellationToken.None);
        Assert.IsEmpty(layout.TemporaryFiles());
    }

    [TestMethod]
    public async Task A_process_killed_while_it_trims_keeps_no_one_else_from_trimming()
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource kill = new();
        Task<ProcessResult> run = ProcessRunner.RunAsync(Worker.Request("exec \"$@\"", "hammer", folder["store"], "100000", "1", "1000000"), kill.Token);
        await UntilAsync(() => File.Exists(folder["store/v1/size"]) || run.IsCompleted);
        await kill.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => run);

        ObjectStore store = ObjectStore.Open(folder["store"], 100_000);
        for (int i = 0; i < 20; i++)
        {
            store.TryAdd(Results.Key(i), Results.Of(i, 10_000), "");
        }

        store.Trim(CancellationToken.None);

        Assert.IsLessThanOrEqualTo(100_000L, store.Statistics().Bytes);
    }

    private static ProcessRequest Fill(TemporaryFolder folder, int first, int count, int length) =>
        Worker.Request("exec \"$@\"", "fill", folder["store"], first.ToString(), count.ToString(), length.ToString());

    private static async Task UntilAsync(Func<bool> condition)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.IsLessThan(TimeSpan.FromMinutes(2), watch.Elapsed);
            await Task.Delay(1);
        }
    }
}
