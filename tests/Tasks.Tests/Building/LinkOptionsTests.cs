using DistBuild.Tasks.Building;
using DistBuild.Tasks.Toolsets;

namespace DistBuild.Tasks.Tests.Building;

[TestClass]
public sealed class LinkOptionsTests
{
    private static readonly ProjectPaths Paths = new("/src/project", "/src/project");

    [TestMethod]
    [DataRow("/SUBSYSTEM:CONSOLE")]
    [DataRow("/machine:x64")]
    [DataRow("-machine:X64")]
    [DataRow("/NODEFAULTLIB")]
    [DataRow("-debug")]
    [DataRow("/ignore:4099,4217")]
    [DataRow("/LTCG:incremental")]
    [DataRow("/OPT:ICF")]
    [DataRow("/not-an-option")]
    public void Options_of_link_are_left_out(string option)
    {
        LinkOptions options = Parse(option);

        CollectionAssert.AreEqual((string[])[option], options.LeftOut.ToArray());
        Assert.IsEmpty(options.Arguments);
        Assert.IsEmpty(options.Libraries);
    }

    [TestMethod]
    [DataRow("-Wl,--build-id=none")]
    [DataRow("-pthread")]
    [DataRow("-static")]
    [DataRow("-l:libfoo.a")]
    [DataRow("-fsanitize=address")]
    [DataRow("-fuse-ld=lld")]
    public void Options_of_gcc_are_passed(string option)
    {
        LinkOptions options = Parse(option);

        CollectionAssert.AreEqual((string[])[option], options.Arguments.ToArray());
        Assert.IsEmpty(options.LeftOut);
    }

    [TestMethod]
    public void Options_with_a_counterpart_are_translated()
    {
        LinkOptions options = Parse("/LIBPATH:\"..\\my libs\" /DEFAULTLIB:foo.lib /INCLUDE:symbol /OPT:REF ..\\other.lib");

        CollectionAssert.AreEqual((string[])[@"..\my libs"], options.Folders.ToArray());
        CollectionAssert.AreEqual((string[])["foo.lib", @"..\other.lib"], options.Libraries.ToArray());
        CollectionAssert.AreEqual((string[])["-Wl,-u,symbol", "-Wl,--gc-sections"], options.Arguments.ToArray());
        Assert.IsEmpty(options.LeftOut);
    }

    [TestMethod]
    public void A_file_with_a_full_path_is_no_option()
    {
        string file = typeof(LinkOptionsTests).Assembly.Location;

        CollectionAssert.AreEqual((string[])[file], Parse($"\"{file}\"").Libraries.ToArray());
    }

    private static LinkOptions Parse(string options) => LinkOptions.Parse(options, Paths);
}
