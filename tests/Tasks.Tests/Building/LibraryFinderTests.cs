using DistBuild.Tasks.Building;
using DistBuild.Tasks.Tests.Toolsets;
using DistBuild.Tasks.Toolsets;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace DistBuild.Tasks.Tests.Building;

[TestClass]
public sealed class LibraryFinderTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [TestMethod]
    [DataRow("foo.lib")]
    [DataRow("libfoo.a")]
    [DataRow("libfoo.so")]
    [DataRow("foo.a")]
    [DataRow("foo.so")]
    [DataRow("FOO.Lib")]
    public void Foo_lib_is_any_library_of_that_name_in_a_library_folder(string onDisk)
    {
        string file = _checkout.Add("libs/" + onDisk, "!<arch>\n");

        FoundLibrary? found = Finder("libs").Find("foo.lib");

        Assert.AreEqual(file, found?.File);
        Assert.AreEqual(LibraryKind.Archive, found?.Kind);
    }

    [TestMethod]
    public void The_first_library_folder_that_has_it_wins()
    {
        string first = _checkout.Add("one/libfoo.a");
        _checkout.Add("two/foo.lib");

        Assert.AreEqual(first, Finder("one", "two").Find("foo.lib")?.File);
    }

    [TestMethod]
    [DataRow(@"..\Out\Debug\Foo.lib")]
    [DataRow("../out/debug/foo.lib")]
    public void A_path_is_relative_to_the_project_in_any_case_and_with_either_slash(string entry)
    {
        string file = _checkout.Add("out/Debug/libfoo.a");

        Assert.AreEqual(file, Finder().Find(entry)?.File);
    }

    [TestMethod]
    public void A_path_is_also_relative_to_the_library_folders()
    {
        string file = _checkout.Add("libs/x64/foo.lib");

        Assert.AreEqual(file, Finder("libs").Find(@"x64\foo.lib")?.File);
    }

    [TestMethod]
    [DataRow("core.lib")]
    [DataRow("CORE.LIB")]
    [DataRow("cored.lib")]
    [DataRow("libcored.lib")]
    [DataRow("import.lib")]
    public void What_a_referenced_project_makes_is_known_by_all_its_names(string entry)
    {
        TaskItem reference = new("/out/libcored.so", new Dictionary<string, string> { ["LinkNames"] = @"core;libcored;..\imports\import.lib" });

        Assert.AreEqual("/out/libcored.so", Finder([reference]).Find(entry)?.File);
    }

    [TestMethod]
    public void A_referenced_project_goes_before_a_Windows_build_in_a_library_folder()
    {
        _checkout.Add("libs/core.lib");
        TaskItem reference = new("/out/libcore.a", new Dictionary<string, string> { ["LinkNames"] = "core" });

        Assert.AreEqual("/out/libcore.a", Finder([reference], "libs").Find("core.lib")?.File);
    }

    [TestMethod]
    [DataRow("kernel32.lib")]
    [DataRow("WS2_32.Lib")]
    [DataRow("msvcrtd.lib")]
    [DataRow("LIBCMT")]
    [DataRow("d3d11.lib")]
    public void Libraries_of_Windows_are_dropped(string entry) => Assert.IsNull(Finder().Find(entry));

    [TestMethod]
    public void A_library_of_ones_own_with_the_name_of_one_of_Windows_is_taken()
    {
        string file = _checkout.Add("libs/libversion.a");

        Assert.AreEqual(file, Finder("libs").Find("version.lib")?.File);
    }

    [TestMethod]
    [DataRow("m", "-lm")]
    [DataRow("pthread", "-lpthread")]
    [DataRow("-lfoo", "-lfoo")]
    [DataRow("-pthread", "-pthread")]
    [DataRow("z.lib", "-lz")]
    [DataRow("libpng16.lib", "-lpng16")]
    [DataRow("foo-1.2", "-lfoo-1.2")]
    public void The_linker_looks_for_what_is_not_here(string entry, string argument)
    {
        FoundLibrary? found = Finder().Find(entry);

        Assert.IsNull(found?.File);
        Assert.AreEqual(argument, found?.Argument);
    }

    [TestMethod]
    public void A_folder_named_like_a_library_is_not_one()
    {
        Directory.CreateDirectory(_checkout["project/m"]);

        Assert.AreEqual("-lm", Finder().Find("m")?.Argument);
    }

    [TestMethod]
    public void An_import_library_leads_to_its_shared_library()
    {
        string shared = _checkout.Add("plugins/libplugin.so", "\u007fELF\u0002\u0001\u0001\0\0\0\0\0\0\0\0\0\u0003\0");
        ImportLibrary.Write(_checkout["imports/plugin.lib"], shared);

        FoundLibrary? found = Finder("imports").Find("plugin.lib");

        Assert.AreEqual(shared, found?.File);
        Assert.AreEqual(LibraryKind.Shared, found?.Kind);
    }

    private LibraryFinder Finder(params string[] folders) => Finder([], folders);

    private LibraryFinder Finder(IReadOnlyList<ITaskItem> references, params string[] folders)
    {
        Directory.CreateDirectory(_checkout["project"]);
        return new LibraryFinder([.. folders.Select(folder => _checkout[folder])], references, new ProjectPaths(_checkout["project"], _checkout["project"]));
    }
}
