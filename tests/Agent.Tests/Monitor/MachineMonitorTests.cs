using System.Globalization;
using DistBuild.Agent.Monitor;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Monitor;

[TestClass]
public sealed class MachineMonitorTests : IDisposable
{
    private readonly TemporaryFolder _proc = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _proc.Dispose();

    [TestMethod]
    public void The_load_is_what_was_not_idle_in_the_last_second()
    {
        Processors(busy: 1000, idle: 9000);
        using MachineMonitor monitor = new(new LinuxReader(_proc.Path), _time);
        Assert.AreEqual(0, monitor.Load, "one reading is no load yet");

        Processors(busy: 1150, idle: 9050);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.AreEqual(75, monitor.Load);

        Processors(busy: 1150, idle: 9250);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.AreEqual(0, monitor.Load);
    }

    [TestMethod]
    public void Free_memory_is_what_is_available_in_MiB()
    {
        _proc.Write("meminfo", "MemTotal:       16000000 kB\nMemFree:          100000 kB\nMemAvailable:     204800 kB\n");

        using MachineMonitor monitor = new(new LinuxReader(_proc.Path), _time);

        Assert.AreEqual(200, monitor.FreeMemory);
    }

    [TestMethod]
    [DataRow("cpu  1 2")]
    [DataRow("cpu  a b c d e f g h")]
    [DataRow("")]
    [DataRow("intr 5")]
    public void A_system_that_says_nothing_usable_has_no_load_and_the_runtimes_memory(string stat)
    {
        _proc.Write("stat", stat);
        _proc.Write("meminfo", "MemAvailable: many kB");
        using MachineMonitor monitor = new(new LinuxReader(_proc.Path), _time);

        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.AreEqual(0, monitor.Load);
        Assert.AreEqual((int)(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20), monitor.FreeMemory);
    }

    [TestMethod]
    public void No_reader_at_all_is_no_problem()
    {
        using MachineMonitor monitor = new(null, _time);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.AreEqual(0, monitor.Load);
        Assert.IsGreaterThan(0, monitor.FreeMemory);
    }

    [TestMethod]
    public void Clocks_that_run_backwards_are_no_load()
    {
        Assert.AreEqual(0, new ProcessorTimes(100, 50).LoadSince(new ProcessorTimes(200, 80)));
        Assert.AreEqual(100, new ProcessorTimes(200, 40).LoadSince(new ProcessorTimes(100, 50)));
        Assert.AreEqual(0, new ProcessorTimes(200, 500).LoadSince(new ProcessorTimes(100, 50)));
    }

    [TestMethod]
    public void This_machine_can_be_read()
    {
        IMachineReader reader = MachineMonitor.ReaderOfThisSystem()!;

        Assert.IsGreaterThan(0UL, reader.ReadProcessors()!.Value.Total);
        Assert.IsGreaterThan(0, reader.ReadFreeMemory()!.Value);
    }

    [TestMethod]
    public void Load_is_others_as_far_as_it_is_not_the_agents_and_a_second_of_it_is_no_work()
    {
        FakeReader reader = new();
        using MachineMonitor monitor = new(reader, _time);

        // All processors are busy, half of each with the agent's compiles.
        for (int second = 0; second < 30; second++)
        {
            Pass(reader, busy: 1.0, own: 0.5);
            Assert.IsInRange(0, 50, monitor.State(0).OthersLoad);
        }

        Assert.IsInRange(45, 50, monitor.State(0).OthersLoad);
        Assert.AreEqual(1234, monitor.State(0).OwnMemory);
        Pass(reader, busy: 0, own: 0);
        Assert.IsGreaterThan(30, monitor.State(0).OthersLoad);
        for (int second = 0; second < 30; second++)
        {
            Pass(reader, busy: 0.8, own: 0.8);
        }

        Assert.IsLessThan(3, monitor.State(0).OthersLoad);
    }

    [TestMethod]
    public void Where_it_cannot_be_told_whose_the_load_is_it_is_not_others()
    {
        FakeReader reader = new() { TellsOwn = false };
        using MachineMonitor monitor = new(reader, _time);

        Pass(reader, busy: 1, own: 1);

        Assert.AreEqual(100, monitor.Load);
        Assert.AreEqual(0, monitor.State(0).OthersLoad);
    }

    [TestMethod]
    public void A_machine_is_in_use_for_a_minute_after_somebody_typed()
    {
        FakeReader reader = new() { InputAge = TimeSpan.FromSeconds(59) };
        using MachineMonitor monitor = new(reader, _time);
        Assert.IsTrue(monitor.State(0).IsInUse);

        reader.InputAge = TimeSpan.FromSeconds(61);
        Pass(reader, 0, 0);
        Assert.IsFalse(monitor.State(0).IsInUse);
        reader.InputAge = null;
        Pass(reader, 0, 0);
        Assert.IsFalse(monitor.State(0).IsInUse);
    }

    [TestMethod]
    public void What_was_typed_last_shows_in_the_terminals()
    {
        LinuxReader reader = new(_proc.Path, _proc["dev"]);
        Assert.IsNull(reader.ReadInputAge(), "no devices at all");
        foreach ((string name, int minutes) in ((string, int)[])[("dev/tty1", 90), ("dev/pts/3", 5), ("dev/ttyS0", 1), ("dev/pts/ptmx", 1), ("dev/sda1", 1)])
        {
            File.SetLastAccessTimeUtc(_proc.Write(name, ""), DateTime.UtcNow.AddMinutes(-minutes));
        }

        Assert.IsInRange(4.9, 5.9, reader.ReadInputAge()!.Value.TotalMinutes);
    }

    [TestMethod]
    public void This_process_can_be_read()
    {
        if (MachineMonitor.ReaderOfThisSystem()!.ReadOwn() is not { } own)
        {
            Assert.Inconclusive("This system does not say what a process and its children use.");
            return;
        }

        Assert.IsGreaterThan(TimeSpan.Zero, own.Processor);
        Assert.IsGreaterThan(10, own.Memory);
    }

    private void Pass(FakeReader reader, double busy, double own)
    {
        reader.Busy += (ulong)(1000 * busy);
        reader.Idle += (ulong)(1000 * (1 - busy));
        reader.Own += TimeSpan.FromSeconds(own * Environment.ProcessorCount);
        _time.Advance(TimeSpan.FromSeconds(1));
    }

    /// <summary>A machine that does what a test says.</summary>
    private sealed class FakeReader : IMachineReader
    {
        public ulong Busy { get; set; }

        public ulong Idle { get; set; }

        public TimeSpan Own { get; set; }

        public bool TellsOwn { get; init; } = true;

        public TimeSpan? InputAge { get; set; }

        public ProcessorTimes? ReadProcessors() => new ProcessorTimes(Busy + Idle, Idle);

        public int? ReadFreeMemory() => 4000;

        public OwnUsage? ReadOwn() => TellsOwn ? new OwnUsage(Own, 1234) : null;

        public TimeSpan? ReadInputAge() => InputAge;
    }

    private void Processors(long busy, long idle) => _proc.Write(
        "stat", string.Create(CultureInfo.InvariantCulture, $"cpu  {busy} 0 0 {idle} 0 0 0 0 777 0\ncpu0 1 2 3 4 5 6 7 8 9 10\n"));
}
