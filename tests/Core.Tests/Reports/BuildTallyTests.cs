using DistBuild.Core.Units.Reports;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Reports;

[TestClass]
public sealed class BuildTallyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Store => _folder["store"];

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Nodes_of_one_build_count_together()
    {
        using BuildTally one = BuildTally.Join(Store, "build"), other = BuildTally.Join(Store, "build");

        one.Add(new Dictionary<string, int> { ["units"] = 3, ["hits"] = 1 });
        IReadOnlyDictionary<string, int> sums = other.Add(new Dictionary<string, int> { ["units"] = 4, ["failed"] = 0 });

        CollectionAssert.AreEquivalent(new Dictionary<string, int> { ["units"] = 7, ["hits"] = 1, ["failed"] = 0 }, sums.ToArray());
    }

    [TestMethod]
    public void A_node_that_ends_leaves_its_counts_to_the_others_and_the_last_one_takes_them_away()
    {
        using (BuildTally stays = BuildTally.Join(Store, "build"))
        {
            using (BuildTally ends = BuildTally.Join(Store, "build"))
            {
                ends.Add(Units(1));
            }

            Assert.AreEqual(3, stays.Add(Units(2))["units"]);
        }

        using BuildTally next = BuildTally.Join(Store, "build");
        Assert.AreEqual(1, next.Add(Units(1))["units"]);
        Assert.HasCount(3, Directory.EnumerateFiles(Store, "*", SearchOption.AllDirectories), "counts, lock, and one node");
    }

    [TestMethod]
    public void Other_scopes_and_other_stores_are_other_builds()
    {
        using BuildTally one = BuildTally.Join(Store, "build"), scope = BuildTally.Join(Store, "other"), store = BuildTally.Join(_folder["elsewhere"], "build");
        one.Add(Units(1));

        Assert.AreEqual(2, scope.Add(Units(2))["units"]);
        Assert.AreEqual(4, store.Add(Units(4))["units"]);
    }

    [TestMethod]
    public void What_a_killed_build_left_is_not_counted()
    {
        BuildTally killed = BuildTally.Join(Store, "build");
        killed.Add(Units(5));
        string node = Files("*.node").Single(), counts = Files("*.counts").Single();
        string[] left = File.ReadAllLines(counts);
        killed.Dispose();
        // As after a kill: nobody holds the node's file any more.
        File.WriteAllText(node, "");
        File.WriteAllLines(counts, left);

        using BuildTally next = BuildTally.Join(Store, "build");

        Assert.AreEqual(1, next.Add(Units(1))["units"]);
        Assert.HasCount(1, Files("*.node"));
    }

    [TestMethod]
    public void Damaged_counts_count_as_none()
    {
        using BuildTally tally = BuildTally.Join(Store, "build");
        tally.Add(Units(5));
        File.WriteAllText(Files("*.counts").Single(), "units=99999999999999\nunits\n=3\nother=7\n\0\u0001");

        IReadOnlyDictionary<string, int> sums = tally.Add(Units(1));

        Assert.AreEqual(1, sums["units"]);
        Assert.AreEqual(7, sums["other"]);
    }

    [TestMethod]
    public void Where_no_file_can_be_written_everybody_counts_alone()
    {
        File.WriteAllText(Store, "in the way");
        using BuildTally one = BuildTally.Join(Store, "build"), other = BuildTally.Join(Store, "build");
        one.Add(Units(1));

        Assert.AreEqual(2, other.Add(Units(2))["units"]);
    }

    private string[] Files(string pattern) => Directory.GetFiles(Store, pattern, SearchOption.AllDirectories);

    private static Dictionary<string, int> Units(int count) => new() { ["units"] = count };
}
