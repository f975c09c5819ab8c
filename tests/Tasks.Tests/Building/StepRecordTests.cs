using DistBuild.Tasks.Building;
using DistBuild.Tasks.Tests.Toolsets;

namespace DistBuild.Tasks.Tests.Building;

[TestClass]
public sealed class StepRecordTests : IDisposable
{
    private static readonly string[] Told = ["g++", "-o", "two\nlines"];

    private readonly Checkout _checkout = new();
    private string _input = "", _output = "";

    [TestInitialize]
    public void Prepare()
    {
        _input = _checkout.Add("in.obj", "object");
        _output = _checkout.Add("out", "program");
        Record.Save(Told, [_input], [_output]);
    }

    public void Dispose() => _checkout.Dispose();

    private StepRecord Record => new(_checkout["records/step.record"]);

    [TestMethod]
    public void Nothing_changed_is_nothing_to_do() => Assert.IsTrue(Record.IsCurrent(Told, [_input]));

    [TestMethod]
    public void Another_command_is_something_to_do() => Assert.IsFalse(Record.IsCurrent([.. Told, "-s"], [_input]));

    [TestMethod]
    public void Another_input_is_something_to_do() => Assert.IsFalse(Record.IsCurrent(Told, [_input, _checkout.Add("more.obj")]));

    [TestMethod]
    public void One_input_less_is_something_to_do() => Assert.IsFalse(Record.IsCurrent(Told, []));

    [TestMethod]
    public void A_changed_input_is_something_to_do()
    {
        DateTime time = File.GetLastWriteTimeUtc(_input);
        File.WriteAllText(_input, "other object");
        File.SetLastWriteTimeUtc(_input, time);
        Assert.IsFalse(Record.IsCurrent(Told, [_input]), "another length");

        File.WriteAllText(_input, "object");
        File.SetLastWriteTimeUtc(_input, time.AddSeconds(-10));
        Assert.IsFalse(Record.IsCurrent(Told, [_input]), "another time, even an older one");
    }

    [TestMethod]
    public void A_missing_output_is_something_to_do()
    {
        File.Delete(_output);

        Assert.IsFalse(Record.IsCurrent(Told, [_input]));
    }

    [TestMethod]
    public void An_older_output_is_something_to_do_and_a_newer_one_is_not()
    {
        DateTime time = File.GetLastWriteTimeUtc(_output);

        File.SetLastWriteTimeUtc(_output, time.AddSeconds(10));
        Assert.IsTrue(Record.IsCurrent(Told, [_input]), "a post-build command touched it");
        File.SetLastWriteTimeUtc(_output, time.AddSeconds(-10));
        Assert.IsFalse(Record.IsCurrent(Told, [_input]), "somebody put another file there");
    }

    [TestMethod]
    public void Every_cut_of_a_record_means_something_to_do()
    {
        string file = _checkout["records/step.record"];
        string whole = File.ReadAllText(file);
        for (int length = 0; length < whole.Length - 1; length++)
        {
            File.WriteAllText(file, whole[..length]);
            Assert.IsFalse(Record.IsCurrent(Told, [_input]), $"cut at {length}");
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("step 2\n")]
    [DataRow("\0\u0001\u0002")]
    [DataRow("step 1\nout\tnowhere")]
    public void A_damaged_record_means_something_to_do(string text)
    {
        File.WriteAllText(_checkout["records/step.record"], text);

        Assert.IsFalse(Record.IsCurrent(Told, [_input]));
        Assert.IsFalse(Record.IsCurrent([], []));
    }

    [TestMethod]
    public void A_forgotten_record_means_something_to_do()
    {
        Record.Forget();

        Assert.IsFalse(Record.IsCurrent(Told, [_input]));
    }

    [TestMethod]
    public void A_record_that_cannot_be_written_means_something_to_do()
    {
        StepRecord record = new(Path.Combine(_output, "below a file", "step.record"));

        record.Save(Told, [_input], [_output]);

        Assert.IsFalse(record.IsCurrent(Told, [_input]));
    }
}
