namespace DistBuild.Core.Compatibility;

/// <summary>Task.WaitAsync, which netstandard2.0 lacks.</summary>
internal static class TaskCancellation
{
    /// <summary>The task's outcome, or <see cref="OperationCanceledException"/> as soon as the token says so; the task itself goes on.</summary>
    public static async Task<T> OrCancelledAsync<T>(this Task<T> task, CancellationToken cancellationToken)
    {
        if (!task.IsCompleted && cancellationToken.CanBeCanceled)
        {
            TaskCompletionSource<bool> cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
            using CancellationTokenRegistration registration = cancellationToken.Register(() => cancelled.TrySetResult(true));
            if (await Task.WhenAny(task, cancelled.Task).ConfigureAwait(false) != task)
            {
                throw new OperationCanceledException(cancellationToken);
            }
        }

        return await task.ConfigureAwait(false);
    }
}
