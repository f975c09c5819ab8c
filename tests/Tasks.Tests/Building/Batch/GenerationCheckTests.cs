using DistBuild.Tasks.Building.Batch;
using DistBuild.Tasks.Tests.Toolsets;

namespace DistBuild.Tasks.Tests.Building.Batch;

[TestClass]
public sealed class GenerationCheckTests
{
    private static readonly DateTime Generated = new(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    [TestMethod]
    public void The_file_changed_after_the_oldest_stamp_is_named()
    {
        using Checkout checkout = new();
        string older = Add(checkout, "older", minutes: -1), newer = Add(checkout, "newer", minutes: 1);
        string[] stamps = [Add(checkout, "stamp", minutes: 0), Add(checkout, "late", minutes: 5)];

        Assert.AreEqual(newer, GenerationCheck.Changed([older, checkout["missing"], newer], stamps));
        Assert.IsNull(GenerationCheck.Changed([older, stamps[0]], stamps));
    }

    [TestMethod]
    public void Without_a_stamp_nothing_is_known()
    {
        using Checkout checkout = new();

        Assert.IsNull(GenerationCheck.Changed([Add(checkout, "file", minutes: 1)], [checkout["stamp"]]));
    }

    private static string Add(Checkout checkout, string name, int minutes)
    {
        string file = checkout.Add(name);
        File.SetLastWriteTimeUtc(file, Generated.AddMinutes(minutes));
        return file;
    }
}
