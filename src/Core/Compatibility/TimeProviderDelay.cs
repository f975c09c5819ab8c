namespace DistBuild.Core.Compatibility;

/// <summary>Task.Delay by a TimeProvider, which netstandard2.0 spells differently.</summary>
internal static class TimeProviderDelay
{
    public static Task DelayAsync(this TimeProvider time, TimeSpan delay, CancellationToken cancellationToken) =>
#if NETSTANDARD2_0
        TimeProviderTaskExtensions.Delay(time, delay, cancellationToken);
#else
        Task.Delay(delay, time, cancellationToken);
#endif
}
