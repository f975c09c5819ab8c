using DistBuild.Core.Placement;
using DistBuild.Core.Units.Records;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Records;

[TestClass]
public sealed class UnitTimesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder["project.times"];

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void The_next_build_expects_what_this_one_took()
    {
        UnitTimes first = new(File);
        first.Took("/obj/a.o", Time(7));
        first.Took("/obj/b.o", Time(9));
        first.Save();

        UnitTimes next = new(File);

        Assert.AreEqual(TimeSpan.FromSeconds(7), next.Expect("/obj/a.o", 0));
        Assert.AreEqual(TimeSpan.FromSeconds(9), next.Expect("/obj/b.o", 123));
    }

    [TestMethod]
    public void Units_that_a_build_did_not_compile_stay_known()
    {
        UnitTimes first = new(File), second = new(File);
        first.Took("/obj/a.o", Time(7));
        second.Took("/obj/b.o", Time(9));
        first.Save();
        second.Save();

        Assert.AreEqual(TimeSpan.FromSeconds(7), new UnitTimes(File).Expect("/obj/a.o", 0));
    }

    [TestMethod]
    public void A_build_that_compiles_nothing_writes_nothing()
    {
        UnitTimes times = new(File);
        times.Expect("/obj/a.o", 5);
        times.Save();

        Assert.IsFalse(System.IO.File.Exists(File));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("distbuild times 1\n")]
    [DataRow("distbuild times 1\n0123456789abcdef 7000 0\nno seal")]
    [DataRow("\0\0\0")]
    public void A_damaged_file_is_like_none(string content)
    {
        System.IO.File.WriteAllText(File, content);
        UnitTimes times = new(File);

        Assert.AreEqual(TimeSpan.FromSeconds(1), times.Expect("/obj/a.o", 0));
        times.Took("/obj/a.o", Time(7));
        times.Save();
        Assert.AreEqual(TimeSpan.FromSeconds(7), new UnitTimes(File).Expect("/obj/a.o", 0), "and is replaced");
    }

    [TestMethod]
    public void A_folder_that_cannot_be_written_costs_no_build()
    {
        System.IO.File.WriteAllText(_folder["file"], "");
        UnitTimes times = new(Path.Combine(_folder["file"], "project.times"));
        times.Took("/obj/a.o", Time(7));

        times.Save();

        Assert.AreEqual(TimeSpan.FromSeconds(7), times.Expect("/obj/a.o", 0));
    }

    private static CompileTime Time(double seconds) => new(TimeSpan.FromSeconds(seconds), 1_000_000);
}
