using System.Text;
using DistBuild.Core.Units.Manifests;

namespace DistBuild.Core.Tests.Manifests;

/// <summary>Numbers in names are lines of docs/caching.md.</summary>
[TestClass]
public sealed class IncludeSearchTests
{
    private static readonly IncludeSearch Search = new(["include", "third/"], ["/usr/include/c++/12", "/usr/include"], ["last"], ["pre.h"]);

    [TestMethod]
    public void Line_52_a_header_must_stay_absent_from_every_folder_searched_before_its_own()
    {
        string[] forbidden = Forbidden(("src/a.cpp", "#include \"lib/x.h\""));

        CollectionAssert.Contains(forbidden, "include: lib/x.h");
        CollectionAssert.Contains(forbidden, "src: lib/x.h", "a quoted name is looked for beside the including file first");
        CollectionAssert.DoesNotContain(forbidden, "third: lib/x.h");
        CollectionAssert.DoesNotContain(forbidden, "/usr/include: lib/x.h", "what is searched later shadows nothing");
    }

    [TestMethod]
    public void Line_52_a_system_header_can_be_shadowed_by_every_folder_of_the_command()
    {
        string[] forbidden = Forbidden(("src/a.cpp", "#include <stdio.h>"), ("/usr/include/c++/12/x", "#include \"bits/move.h\""));

        foreach (string expected in new[] { "include: stdio.h", "third: stdio.h", "/usr/include/c++/12: stdio.h" })
        {
            CollectionAssert.Contains(forbidden, expected);
        }

        CollectionAssert.DoesNotContain(forbidden, "src: stdio.h", "angle brackets do not look beside the file");
        Assert.IsFalse(forbidden.Any(name => name.EndsWith("bits/move.h", StringComparison.Ordinal)), "what stands beside its includer is found first");
    }

    [TestMethod]
    public void Line_52_what_includes_the_next_header_of_a_name_asks_every_folder()
    {
        string[] forbidden = Forbidden(("third/lib/x.h", "#include_next <lib/x.h>"));

        CollectionAssert.Contains(forbidden, "include: lib/x.h");
        CollectionAssert.Contains(forbidden, "/usr/include/c++/12: lib/x.h");
        CollectionAssert.Contains(forbidden, "last: lib/x.h");
        CollectionAssert.DoesNotContain(forbidden, "third: lib/x.h");
    }

    [TestMethod]
    public void Line_52_what_the_command_itself_includes_is_looked_for_in_the_working_directory_first() =>
        CollectionAssert.Contains(Forbidden(("src/a.cpp", "")), ": pre.h");

    [TestMethod]
    public void Line_52_where_a_macro_names_a_header_every_file_read_may_be_the_one()
    {
        string[] forbidden = Forbidden(("src/a.cpp", "#include NAME"), ("third/lib/x.h", ""), ("/elsewhere/deep/y.h", ""));

        CollectionAssert.Contains(forbidden, "include: lib/x.h");
        CollectionAssert.Contains(forbidden, "src: lib/x.h");
        CollectionAssert.Contains(forbidden, "include: y.h", "a path that the compiler shortened tells no folder");
        CollectionAssert.Contains(forbidden, "third: deep/y.h");
    }

    [TestMethod]
    public void Line_51_a_probed_name_must_stay_absent_everywhere_it_was_looked_for()
    {
        string[] forbidden = Forbidden(("src/a.cpp", "#if __has_include(\"opt.h\")\n#if __has_include(\"/etc/opt.h\")"));

        foreach (string expected in new[] { "src: opt.h", "include: opt.h", "third: opt.h", "/usr/include/c++/12: opt.h", "/usr/include: opt.h", "last: opt.h", "/: etc/opt.h" })
        {
            CollectionAssert.Contains(forbidden, expected);
        }
    }

    [TestMethod]
    public void Line_51_a_probed_name_is_found_where_the_compiler_finds_it_first()
    {
        CollectionAssert.AreEqual(new[] { "third/lib/x.h" }, Walk(("src/a.cpp", "__has_include(<lib/x.h>)")).Probed.ToArray());
        CollectionAssert.AreEqual(new[] { "src/detail/d.h" }, Walk(("src/a.cpp", "__has_include(\"detail/d.h\")")).Probed.ToArray());
        Assert.IsEmpty(Walk(("src/a.cpp", "__has_include(<detail/d.h>)")).Probed, "angle brackets do not look beside the file");
    }

    [TestMethod]
    public void Line_54_a_precompiled_header_may_stand_wherever_the_source_looks_for_headers()
    {
        SourceTraits traits = SourceScanner.Scan(Encoding.UTF8.GetBytes("#include \"lib/x.h\""));

        string[] folders = [.. Search.PrecompiledFolders("src/a.cpp", traits)];

        foreach (string expected in new[] { "src/lib", "include/lib", "third/lib", "/usr/include/lib", "last/lib", "", "include", "last" })
        {
            CollectionAssert.Contains(folders, expected);
        }
    }

    private static string[] Forbidden(params (string Path, string Text)[] inputs) =>
        [.. Walk(inputs).Absences.SelectMany(absence => absence.Names.Select(name => $"{absence.Folder}: {name}"))];

    private static SearchedHeaders Walk(params (string Path, string Text)[] inputs) =>
        Search.Walk([.. inputs.Select(input => (input.Path, SourceScanner.Scan(Encoding.UTF8.GetBytes(input.Text))))], Has);

    private static bool Has(string folder, string name) => $"{folder}/{name}" is "third/lib/x.h" or "src/detail/d.h" or "src/a.cpp"
        or "/usr/include/c++/12/bits/move.h" or "/usr/include/stdio.h";
}
