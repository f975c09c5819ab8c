using DistBuild.Tasks.Building;
using DistBuild.Tasks.Tests.Toolsets;
using DistBuild.Tasks.Toolsets.Gcc;

namespace DistBuild.Tasks.Tests.Building;

[TestClass]
public sealed class SmallPartsTests
{
    [TestMethod]
    [DataRow("/a/b", "/a/b", ".")]
    [DataRow("/a/b", "/a/b/c/d", "c/d")]
    [DataRow("/a/b/c", "/a", "../..")]
    [DataRow("/a/bin", "/a/bin2", "../bin2")]
    [DataRow("/x/y", "/a/b", "../../a/b")]
    public void The_way_from_one_folder_to_another(string from, string to, string expected) => Assert.AreEqual(expected, RelativePath.Of(from, to));

    [TestMethod]
    public void A_program_looks_beside_itself_and_where_its_libraries_were_built() =>
        Assert.AreEqual(
            "-Wl,-rpath -Xlinker $ORIGIN -Wl,-rpath -Xlinker $ORIGIN/../lib -Wl,-rpath-link -Xlinker /out/deep",
            string.Join(' ', RunPath.Arguments(["/out/bin/libhere.so", "/out/lib/libthere.so", "/usr/lib/x86_64-linux-gnu/libz.so"], ["/out/deep/libdeep.so"], "/out/bin")));

    [TestMethod]
    public void A_program_without_shared_libraries_of_the_checkout_needs_no_run_path() =>
        Assert.IsEmpty(RunPath.Arguments(["/usr/lib/libz.so"], [], "/out/bin"));

    [TestMethod]
    [DataRow("gcc", "ar")]
    [DataRow("gcc-12", "ar")]
    [DataRow("aarch64-linux-gnu-gcc-12", "aarch64-linux-gnu-ar")]
    [DataRow("clang-19", "llvm-ar-19")]
    [DataRow("clang", "ar")]
    [DataRow("ccache aarch64-linux-gnu-gcc", "aarch64-linux-gnu-ar")]
    [DataRow("unheard-of", "ar")]
    public void The_archiver_belongs_to_the_compiler_where_there_is_one(string compiler, string expected)
    {
        using Checkout checkout = new();
        checkout.Add("bin/aarch64-linux-gnu-ar");
        checkout.Add("bin/llvm-ar-19");
        Dictionary<string, string> environment = new() { ["PATH"] = checkout["bin"] };

        Assert.AreEqual(expected, Archivers.For(CompilerDriver.Parse(compiler, "gcc", checkout.Root, checkout["bin"]), environment));
    }

    [TestMethod]
    public void An_import_library_is_known_again_and_no_other_file_is_taken_for_one()
    {
        using Checkout checkout = new();
        ImportLibrary.Write(checkout["lib/plugin.lib"], "/out/lib plugin.so");

        Assert.AreEqual("/out/lib plugin.so", ImportLibrary.Target(checkout["lib/plugin.lib"]));
        Assert.IsNull(ImportLibrary.Target(checkout.Add("other.lib", "!<arch>\n")));
        Assert.IsNull(ImportLibrary.Target(checkout.Add("empty.lib")));
        Assert.IsNull(ImportLibrary.Target(checkout["missing.lib"]));
    }

    [TestMethod]
    [DataRow("msvcrt", true)]
    [DataRow("LIBCMTD.lib", true)]
    [DataRow("vcruntime140d.lib", true)]
    [DataRow("mfc140ud.lib", true)]
    [DataRow("kernel32.lib", false)]
    [DataRow("msvcrtx.lib", false)]
    public void The_run_time_is_told_from_other_libraries(string name, bool isRuntime) => Assert.AreEqual(isRuntime, WindowsLibraries.IsRuntime(name));
}
