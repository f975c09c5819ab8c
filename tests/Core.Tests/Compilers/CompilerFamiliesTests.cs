using DistBuild.Core.Compilers;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Compilers;

[TestClass]
public sealed class CompilerFamiliesTests
{
    [TestMethod]
    [DataRow("gcc", "gcc")]
    [DataRow("g++", "gcc")]
    [DataRow("/usr/bin/g++-12", "gcc")]
    [DataRow("x86_64-linux-gnu-g++-12", "gcc")]
    [DataRow("arm-none-eabi-gcc", "gcc")]
    [DataRow("avr-gcc", "gcc")]
    [DataRow("x86_64-w64-mingw32-gcc", "gcc")]
    [DataRow("x86_64-w64-mingw32-gcc-posix", "gcc")]
    [DataRow("x86_64-w64-mingw32-g++-12-win32", "gcc")]
    [DataRow("clang", "clang")]
    [DataRow("clang++-19", "clang")]
    [DataRow("clang-19.1", "clang")]
    [DataRow("C:\\LLVM\\bin\\Clang++.EXE", "clang")]
    [DataRow("clang-cl", "clang-cl")]
    [DataRow("clang-cl-19", "clang-cl")]
    [DataRow("CL.EXE", "cl")]
    [DataRow("C:\\VC\\bin\\cl.exe", "cl")]
    public void A_drivers_name_says_its_family(string driver, string family) => Assert.AreEqual(family, CompilerFamilies.ForDriver(driver)?.Name);

    [TestMethod]
    [DataRow("ccache")]
    [DataRow("distcc")]
    [DataRow("afl-gcc")]
    [DataRow("c99-gcc")]
    [DataRow("gcc-ar-12")]
    [DataRow("gcc.py")]
    [DataRow("clang-tidy")]
    [DataRow("clang-cpp-19")]
    [DataRow("nvcc")]
    [DataRow("tcc")]
    [DataRow("ld")]
    [DataRow("")]
    public void Other_programs_have_no_family(string driver) => Assert.IsNull(CompilerFamilies.ForDriver(driver));

    [TestMethod]
    public void Generic_names_are_what_their_link_leads_to()
    {
        using TemporaryFolder folder = new();
        File.CreateSymbolicLink(folder["middle"], "/usr/bin/clang++-19");
        File.CreateSymbolicLink(folder["c++"], "middle");
        File.CreateSymbolicLink(folder["cc"], "/usr/bin/ccache");

        Assert.AreEqual("clang", CompilerFamilies.ForDriver(folder["c++"])?.Name);
        Assert.AreEqual("gcc", CompilerFamilies.ForDriver("/usr/bin/cc")?.Name);
        Assert.IsNull(CompilerFamilies.ForDriver(folder["cc"]));
    }

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang")]
    [DataRow("clang-cl")]
    [DataRow("cl")]
    public void Every_family_is_found_by_its_name(string name) => Assert.AreEqual(name, CompilerFamilies.ByName(name)?.Name);

    [TestMethod]
    public void An_unknown_name_is_no_family() => Assert.IsNull(CompilerFamilies.ByName("GCC"));
}
