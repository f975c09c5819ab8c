using DistBuild.Core.Units.Explanations;

namespace DistBuild.Core.Tests.Explanations;

[TestClass]
public sealed class ArgumentDifferenceTests
{
    [TestMethod]
    [DataRow("-O2 -g", "-O2 -g", "")]
    [DataRow("-O2", "-O3", "-O2 became -O3")]
    [DataRow("-O2", "-O2 -g", "-g is new")]
    [DataRow("-O2 -g", "-g", "-O2 is gone")]
    [DataRow("", "-g", "-g is new")]
    [DataRow("-I a -I b", "-I a -I c", "-I b became -I c")]
    [DataRow("-I a -I b", "-I b -I a", "the same in another order: b -I a")]
    [DataRow("-DA -DB -DC", "-DA -DX -DC -DY", "-DB became -DX; -DY is new")]
    [DataRow("-DA -DA", "-DA", "-DA is gone")]
    public void Differences_are_runs_of_arguments(string before, string after, string expected) =>
        Assert.AreEqual(expected, string.Join("; ", ArgumentDifference.Compare(Words(before), Words(after)).Select(change => change.Phrase)));

    [TestMethod]
    public void Very_long_lists_are_compared_as_sets()
    {
        string[] before = [.. Enumerable.Range(0, 3000).Select(i => $"-D{i}")], after = [.. before.Skip(1), "-DNEW"];

        Assert.AreEqual("-D0 is gone; -DNEW is new", string.Join("; ", ArgumentDifference.Compare(before, after).Select(change => change.Phrase)));
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
