using DistBuild.Tasks.Toolsets;

namespace DistBuild.Tasks.Tests.Toolsets;

[TestClass]
public sealed class PathCaseTests
{
    [TestMethod]
    public void Wrong_case_in_any_part_finds_the_file()
    {
        using Checkout checkout = new();
        string file = checkout.Add("Source/Core/Main.CPP");

        Assert.AreEqual(file, new PathCase().Resolve(checkout["source/CORE/main.cpp"]));
    }

    [TestMethod]
    public void An_exact_match_goes_before_one_of_another_case()
    {
        using Checkout checkout = new();
        checkout.Add("A.h");
        string exact = checkout.Add("a.h");

        Assert.AreEqual(exact, new PathCase().Resolve(exact));
    }

    [TestMethod]
    public void Of_several_matches_the_first_in_ordinal_order_is_taken()
    {
        using Checkout checkout = new();
        checkout.Add("ab.h");
        checkout.Add("aB.h");
        string first = checkout.Add("Ab.h");

        Assert.AreEqual(first, new PathCase().Resolve(checkout["AB.h"]));
    }

    [TestMethod]
    public void What_does_not_exist_keeps_its_spelling_below_what_does()
    {
        using Checkout checkout = new();
        Directory.CreateDirectory(checkout["Include"]);

        Assert.AreEqual(checkout["Include/No/Such.h"], new PathCase().Resolve(checkout["INCLUDE/No/Such.h"]));
    }

    [TestMethod]
    public void A_part_below_a_file_is_simply_not_there()
    {
        using Checkout checkout = new();
        checkout.Add("File");

        Assert.AreEqual(checkout["File/x"], new PathCase().Resolve(checkout["FILE/x"]));
    }
}
