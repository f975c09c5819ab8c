using System.Collections.Concurrent;

namespace DistBuild.Core.Processes;

/// <summary>
/// One thread that lasts as long as this process. To Linux the parent of a program is a thread, and those of the pool come and go: a program that wants to end
/// with its parent must not be started by one of them.
/// </summary>
internal static class LastingThread
{
    private static readonly BlockingCollection<Action> Work = Start();

    /// <summary>Runs the action there; what it throws is thrown here.</summary>
    public static Task RunAsync(Action action)
    {
        TaskCompletionSource<bool> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                action();
                done.SetResult(true);
            }
#pragma warning disable CA1031 // Whatever it is belongs to the caller, not to this thread.
            catch (Exception e)
#pragma warning restore CA1031
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }

    private static BlockingCollection<Action> Start()
    {
        BlockingCollection<Action> work = [];
        Thread thread = new(() =>
        {
            foreach (Action action in work.GetConsumingEnumerable())
            {
                action();
            }
        })
        {
            IsBackground = true,
            Name = "process starts",
        };
        thread.Start();
        return work;
    }
}
