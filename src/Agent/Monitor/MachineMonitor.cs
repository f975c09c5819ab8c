namespace DistBuild.Agent.Monitor;

/// <summary>
/// The machine's load and free memory, and whose they are, renewed every second. Where the system does not say, the load is 0 and the memory is what the runtime
/// believes it may use: an agent that cannot measure still works, it is only chosen less wisely.
/// </summary>
internal sealed class MachineMonitor : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1), StillThere = TimeSpan.FromMinutes(1);

    /// <summary>A second of load is no work; the new reading counts for a quarter.</summary>
    private const int Inertia = 4;

    private readonly IMachineReader? _reader;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private OwnUsage? _lastOwn;
    private long _lastSample;
    private double _others;
    private int _othersLoad, _ownMemory;
    private volatile bool _isInUse;
    private ProcessorTimes? _last;
    private int _load;
    private int _freeMemory;

    public MachineMonitor(IMachineReader? reader, TimeProvider time)
    {
        (_reader, _time) = (reader, time);
        _last = reader?.ReadProcessors();
        _lastOwn = reader?.ReadOwn();
        _lastSample = time.GetTimestamp();
        _isInUse = reader?.ReadInputAge() < StillThere;
        _freeMemory = ReadFreeMemory();
        _timer = time.CreateTimer(_ => Sample(), null, Period, Period);
    }

    /// <summary>Percent of all cores.</summary>
    public int Load => Volatile.Read(ref _load);

    /// <summary>MiB.</summary>
    public int FreeMemory => Volatile.Read(ref _freeMemory);

    public static IMachineReader? ReaderOfThisSystem() =>
        OperatingSystem.IsLinux() ? new LinuxReader() : OperatingSystem.IsWindows() ? new WindowsReader() : null;

    /// <summary>What decides how many slots are lent.</summary>
    /// <param name="running">Slots in use.</param>
    public MachineState State(int running) =>
        new(Environment.ProcessorCount, Volatile.Read(ref _othersLoad), FreeMemory, Volatile.Read(ref _ownMemory), running, _isInUse);

    public void Dispose() => _timer.Dispose();

    private void Sample()
    {
        ProcessorTimes? now = _reader?.ReadProcessors();
        Volatile.Write(ref _load, now is { } current && _last is { } last ? current.LoadSince(last) : 0);
        _last = now;
        Volatile.Write(ref _freeMemory, ReadFreeMemory());
        SampleOwn();
        _isInUse = _reader?.ReadInputAge() < StillThere;
    }

    private void SampleOwn()
    {
        OwnUsage? own = _reader?.ReadOwn();
        TimeSpan elapsed = _time.GetElapsedTime(_lastSample);
        _lastSample = _time.GetTimestamp();

        // Where it cannot be told whose the load is, it is nobody else's: an agent that is busy must not think that its machine is taken.
        double others = own is { } used && _lastOwn is { } before && elapsed > TimeSpan.Zero
            ? Load - (100.0 * (used.Processor - before.Processor) / (elapsed * Environment.ProcessorCount))
            : 0;
        _others += (Math.Clamp(others, 0, 100) - _others) / Inertia;
        Volatile.Write(ref _othersLoad, (int)_others);
        Volatile.Write(ref _ownMemory, own?.Memory ?? 0);
        _lastOwn = own;
    }

    private int ReadFreeMemory()
    {
        // In a container the runtime knows the limit and the machine does not.
        int limit = (int)Math.Min(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20, int.MaxValue);
        return Math.Min(_reader?.ReadFreeMemory() ?? int.MaxValue, limit);
    }
}
