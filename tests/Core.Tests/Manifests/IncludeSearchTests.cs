using DistBuild.Core.Units.Manifests;

namespace DistBuild.Core.Tests.Manifests;

[TestClass]
public sealed class IncludeSearchTests
{
    private static readonly IncludeSearch Search = new(["include", "third/"], ["/usr/include/c++/12", "/usr/include"]);

    [TestMethod]
    public void Line_52_a_header_must_stay_absent_from_every_folder_searched_before_its_own()
    {
        string[] forbidden = Forbidden(["src/a.cpp", "third/lib/x.h"]);

        CollectionAssert.Contains(forbidden, "include: lib/x.h");
        CollectionAssert.Contains(forbidden, "src: lib/x.h", "a quoted name is looked for beside the including file first");
        CollectionAssert.DoesNotContain(forbidden, "third: lib/x.h");
        CollectionAssert.DoesNotContain(forbidden, "/usr/include: lib/x.h", "what is searched later shadows nothing");
    }

    [TestMethod]
    public void A_system_header_can_be_shadowed_by_every_folder_of_the_command()
    {
        string[] forbidden = Forbidden(["src/a.cpp", "/usr/include/c++/12/bits/move.h", "/usr/include/stdio.h"]);

        foreach (string expected in new[] { "include: bits/move.h", "third: bits/move.h", "src: bits/move.h", "/usr/include/c++/12: stdio.h", "include: stdio.h" })
        {
            CollectionAssert.Contains(forbidden, expected);
        }

        Assert.IsFalse(forbidden.Any(entry => entry.StartsWith("/usr/include/c++/12/bits:", StringComparison.Ordinal)), "the toolchain's own folders do not change by themselves");
    }

    [TestMethod]
    public void A_header_found_beside_its_includer_forbids_every_name_it_may_have_been_asked_for_by()
    {
        string[] forbidden = Forbidden(["src/a.cpp", "src/detail/d.h"]);

        CollectionAssert.Contains(forbidden, "src: d.h");
        CollectionAssert.DoesNotContain(forbidden, "src: detail/d.h", "that is the header itself");
    }

    [TestMethod]
    public void Line_51_a_probed_name_must_stay_absent_everywhere_it_was_looked_for()
    {
        string[] forbidden = [.. Search.Absences(["src/a.cpp"], [("src/a.cpp", new IncludeProbe("opt.h", true))], Has).SelectMany(Flat)];

        foreach (string folder in new[] { "src", "include", "third", "/usr/include/c++/12", "/usr/include" })
        {
            CollectionAssert.Contains(forbidden, folder + ": opt.h");
        }
    }

    [TestMethod]
    public void A_probed_name_is_found_where_the_compiler_finds_it_first()
    {
        Assert.AreEqual("third/lib/x.h", Search.Find("src/a.cpp", new IncludeProbe("lib/x.h", false), Has));
        Assert.AreEqual("src/detail/d.h", Search.Find("src/a.cpp", new IncludeProbe("detail/d.h", true), Has));
        Assert.IsNull(Search.Find("src/a.cpp", new IncludeProbe("detail/d.h", false), Has), "angle brackets do not look beside the file");
    }

    private static string[] Forbidden(string[] inputs) => [.. Search.Absences(inputs, [], Has).SelectMany(Flat)];

    private static IEnumerable<string> Flat(ManifestAbsence absence) => absence.Names.Select(name => $"{absence.Folder}: {name}");

    private static bool Has(string folder, string name) => $"{folder}/{name}" is "third/lib/x.h" or "src/detail/d.h" or "src/a.cpp"
        or "/usr/include/c++/12/bits/move.h" or "/usr/include/stdio.h";
}
