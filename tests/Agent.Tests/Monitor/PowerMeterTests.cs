using System.Globalization;
using DistBuild.Agent.Monitor;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Monitor;

[TestClass]
public sealed class PowerMeterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_machine_is_measured_once_and_the_result_is_kept()
    {
        int measured = PowerMeter.Power(_folder.Path);
        string path = _folder.File(PowerMeter.FileName);
        string[] kept = File.ReadAllLines(path);
        Assert.AreEqual(measured.ToString(CultureInfo.InvariantCulture), kept[1]);
        File.WriteAllLines(path, [kept[0], "4711"]);

        Assert.AreEqual(4711, PowerMeter.Power(_folder.Path));
    }

    [TestMethod]
    [DataRow("another processor\n4711\n")]
    [DataRow("{0}\n-5\n")]
    [DataRow("{0}\n")]
    [DataRow("")]
    public void A_result_of_another_processor_or_a_damaged_one_is_measured_again(string content)
    {
        int measured = PowerMeter.Power(_folder.Path);
        string path = _folder.File(PowerMeter.FileName);
        string identity = File.ReadAllLines(path)[0];
        File.WriteAllText(path, content.Replace("{0}", identity, StringComparison.Ordinal));

        int again = PowerMeter.Power(_folder.Path);

        Assert.IsInRange(1, 10_000, measured);
        Assert.AreEqual(again.ToString(CultureInfo.InvariantCulture), File.ReadAllLines(path)[1]);
        Assert.AreNotEqual(4711, again);
    }

    [TestMethod]
    public void A_folder_that_cannot_be_written_only_costs_the_next_start_a_measurement() =>
        Assert.IsInRange(1, 10_000, PowerMeter.Power(_folder.File("missing")));
}
