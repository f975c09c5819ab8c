namespace DistBuild.Tasks.Tests.Toolsets.Gcc;

[TestClass]
public sealed class IncludeSearchTests
{
    [TestMethod]
    public void Folders_come_in_Visual_Studios_order_and_none_is_lost()
    {
        using Project project = new(options => options with { IncludePath = @"..\lib;..\lib\common;", ExternalIncludePath = "/opt/sdk/include" });

        Assert.AreEqual(
            "-I../include -Inowhere -I../include -I../option -I../lib -I../lib/common -isystem ../external -isystem /opt/sdk/include",
            project.Arguments("a.c", ("AdditionalIncludeDirectories", @"..\include;nowhere\;..\include"), ("AdditionalOptions", @"/I ..\option /external:I ""..\external""")));
    }

    [TestMethod]
    public void A_forced_include_is_found_beside_the_source_first_then_in_the_folders()
    {
        using Project project = new(options => options with { IncludePath = "../last" });
        project.Checkout.Add("project/src/near.h");
        project.Checkout.Add("include/near.h");
        project.Checkout.Add("include/Far.h");
        project.Checkout.Add("last/last.h");
        project.Checkout.Add("project/Here.h");
        (string, string) folders = ("AdditionalIncludeDirectories", "../include");

        Assert.AreEqual("-I../include -I../last -include src/near.h", project.Arguments("src/a.c", folders, ("ForcedIncludeFiles", "near.h")));
        Assert.AreEqual("-I../include -I../last -include ../include/near.h", project.Arguments("other/a.c", folders, ("ForcedIncludeFiles", "near.h")));
        Assert.AreEqual("-I../include -I../last -include ../include/Far.h -include ../last/last.h", project.Arguments("src/a.c", folders, ("ForcedIncludeFiles", "far.h;LAST.h")));
        Assert.AreEqual("-I../include -I../last -include Here.h", project.Arguments("src/a.c", folders, ("ForcedIncludeFiles", "here.h")));
    }

    [TestMethod]
    public void A_forced_include_by_full_path_is_written_relative()
    {
        using Project project = new();
        string pch = project.Checkout.Add("project/x.dir/Debug/cmake_pch.hxx");

        Assert.AreEqual("-include x.dir/Debug/cmake_pch.hxx", project.Arguments("a.cpp", ("ForcedIncludeFiles", pch.Replace('/', '\\'))));
    }

    [TestMethod]
    public void A_forced_include_that_is_nowhere_is_left_to_the_compiler()
    {
        using Project project = new();

        Assert.AreEqual("-include gen/made.h", project.Arguments("a.cpp", ("ForcedIncludeFiles", @"gen\made.h")));
    }

    [TestMethod]
    public async Task Forced_includes_and_folders_reach_the_compilers()
    {
        foreach ((string c, string cxx) in RealCompiler.Pairs)
        {
            using Project project = new(options => options with { CCompiler = c, CxxCompiler = cxx, IncludePath = "../Lib With Blank" });
            project.Checkout.Add("Lib With Blank/deep.h", "typedef int deep;\n");
            project.Checkout.Add("include/Forced.h", "#include \"deep.h\"\n");
            project.Checkout.Add("project/src/a.cpp", "deep value = sizeof(__FILE__) == sizeof(\"src/a.cpp\") ? 1 : throw 0;\n");

            await RealCompiler.AcceptsAsync(project.Unit(@"SRC\A.CPP", ("AdditionalIncludeDirectories", @"..\INCLUDE"), ("ForcedIncludeFiles", "forced.h")));
        }
    }
}
