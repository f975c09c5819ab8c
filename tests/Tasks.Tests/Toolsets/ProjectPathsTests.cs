using DistBuild.Tasks.Toolsets;

namespace DistBuild.Tasks.Tests.Toolsets;

[TestClass]
public sealed class ProjectPathsTests
{
    [TestMethod]
    [DataRow("/w/lib/build", "/w", "a.cpp", "a.cpp")]
    [DataRow("/w/lib/build", "/w", "src/a.cpp", "src/a.cpp")]
    [DataRow("/w/lib/build", "/w", @"..\..\include\", "../../include")]
    [DataRow("/w/lib/build", "/w", ".", ".")]
    [DataRow("/w/lib/build", "/w", "..", "..")]
    [DataRow("/w/lib/build", "/w", "../..", "../..")]
    [DataRow("/w/lib/build", "/w", "../../..", "/")]
    [DataRow("/w/lib/build", "/w", "../../../wide/include", "/wide/include")]
    [DataRow("/w/lib/build", "/w", @"\usr\include", "/usr/include")]
    [DataRow("/w/lib/build", "/w", "\"..\\with blank\"", "../with blank")]
    [DataRow("/w/lib/build", "/w", "/w/lib/builder", "../builder")]
    [DataRow("/w", "/w", "/w/src", "src")]
    [DataRow("/w", "/", "/usr", "../usr")]
    [DataRow("/elsewhere", "/w", "/w/src", "/w/src")]
    [DataRow("/elsewhere", "/w", "src", "/elsewhere/src")]
    [DataRow("/w/", "/w/", "-odd.cpp", "./-odd.cpp")]
    [DataRow("/w/", "/w/", "@odd.cpp", "./@odd.cpp")]
    public void A_path_is_relative_below_the_root_and_absolute_elsewhere(string project, string root, string path, string written)
    {
        ProjectPaths paths = new(project, root);

        Assert.AreEqual(written, paths.Write(paths.Full(path)));
    }

    [TestMethod]
    public void A_path_is_absolute_where_a_link_would_make_dot_dot_lead_elsewhere()
    {
        using Checkout checkout = new();
        Directory.CreateDirectory(checkout["real/deep/project"]);
        Directory.CreateSymbolicLink(checkout["linked"], checkout["real/deep"]);
        checkout.Add("include/a.h");
        checkout.Add("real/deep/near.h");
        ProjectPaths paths = new(checkout["linked/project"], checkout.Root);

        Assert.AreEqual(checkout["include"], paths.Write(paths.Full("../../include")), "../../include would be real/include");
        Assert.AreEqual("../near.h", paths.Write(paths.Full("../near.h")), "the link itself is above");
    }

    [TestMethod]
    [DataRow(@"C:\SDK\include", true)]
    [DataRow("\"d:/x\"", true)]
    [DataRow(@"\\server\share", true)]
    [DataRow(@"\tmp\x", false)]
    [DataRow("/usr/include", false)]
    [DataRow("c", false)]
    public void Drives_and_servers_are_foreign(string path, bool foreign) => Assert.AreEqual(foreign, ProjectPaths.IsForeign(path));
}
