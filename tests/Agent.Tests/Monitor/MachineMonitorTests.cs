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

    private void Processors(long busy, long idle) => _proc.Write(
        "stat", string.Create(CultureInfo.InvariantCulture, $"cpu  {busy} 0 0 {idle} 0 0 0 0 777 0\ncpu0 1 2 3 4 5 6 7 8 9 10\n"));
}
