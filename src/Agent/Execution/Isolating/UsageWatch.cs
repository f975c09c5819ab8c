using System.Globalization;

namespace DistBuild.Agent.Execution.Isolating;

/// <summary>
/// Looks at a running compile as a whole, several times a second, and stops it when it uses more than it may. Only on Linux; a compile that is over before the
/// first look costs nothing.
/// </summary>
internal sealed class UsageWatch(ExecutionLimits limits, CancellationTokenSource stop) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private Timer? _timer;
    private int _process;
    private bool _ended;

    /// <summary>The limit that was passed, as a phrase; null when none was.</summary>
    public string? Exceeded { get; private set; }

    public void Start(int process)
    {
        if (OperatingSystem.IsLinux())
        {
            lock (_lock)
            {
                _process = process;
                _timer = new Timer(_ => Look(), null, Interval, Interval);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _ended = true;
            _timer?.Dispose();
        }
    }

    private void Look()
    {
        lock (_lock)
        {
            // The process id may be somebody else's by now.
            if (!_ended && Exceeded is null && Find(TreeUsage.Of(_process)) is { } found)
            {
                Exceeded = found;
                _ = stop.CancelAsync();
            }
        }
    }

    private string? Find(TreeUsage usage) =>
        usage.Memory > limits.Memory ? LimitPhrases.Memory(limits)
        : usage.Processor > limits.Processor ? LimitPhrases.Processor(limits)
        : usage.Processes > limits.Processes ? string.Create(CultureInfo.InvariantCulture, $"more than {limits.Processes} processes")
        : null;
}
