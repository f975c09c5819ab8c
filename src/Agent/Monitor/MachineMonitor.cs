namespace DistBuild.Agent.Monitor;

/// <summary>
/// The machine's load and free memory, renewed every second. Where the system does not say, the load is 0 and the memory is what the runtime believes it
/// may use: an agent that cannot measure still works, it is only chosen less wisely.
/// </summary>
internal sealed class MachineMonitor : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly IMachineReader? _reader;
    private readonly ITimer _timer;
    private ProcessorTimes? _last;
    private int _load;
    private int _freeMemory;

    public MachineMonitor(IMachineReader? reader, TimeProvider time)
    {
        _reader = reader;
        _last = reader?.ReadProcessors();
        _freeMemory = ReadFreeMemory();
        _timer = time.CreateTimer(_ => Sample(), null, Period, Period);
    }

    /// <summary>Percent of all cores.</summary>
    public int Load => Volatile.Read(ref _load);

    /// <summary>MiB.</summary>
    public int FreeMemory => Volatile.Read(ref _freeMemory);

    public static IMachineReader? ReaderOfThisSystem() =>
        OperatingSystem.IsLinux() ? new LinuxReader() : OperatingSystem.IsWindows() ? new WindowsReader() : null;

    public void Dispose() => _timer.Dispose();

    private void Sample()
    {
        ProcessorTimes? now = _reader?.ReadProcessors();
        Volatile.Write(ref _load, now is { } current && _last is { } last ? current.LoadSince(last) : 0);
        _last = now;
        Volatile.Write(ref _freeMemory, ReadFreeMemory());
    }

    private int ReadFreeMemory()
    {
        // In a container the runtime knows the limit and the machine does not.
        int limit = (int)Math.Min(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20, int.MaxValue);
        return Math.Min(_reader?.ReadFreeMemory() ?? int.MaxValue, limit);
    }
}
