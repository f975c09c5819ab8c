using System.Text;
using DistBuild.Core.Compilers;
using DistBuild.Core.Compilers.Msvc;

namespace DistBuild.Core.Tests.Compilers.Msvc;

[TestClass]
public sealed class ClDiagnosticsTests
{
    [TestMethod]
    [DataRow("a.cpp(3,19): warning: unused variable 'x' [-Wunused-variable]", DiagnosticSeverity.Warning, "a.cpp", 3, 19, "-Wunused-variable", "unused variable 'x'")]
    [DataRow("a.cpp(3,19): error: unused variable 'x' [-Werror,-Wunused-variable]", DiagnosticSeverity.Error, "a.cpp", 3, 19, "-Wunused-variable", "unused variable 'x'")]
    [DataRow("inc/h.h(7): fatal error C1083: Cannot open include file: 'x.h': No such file or directory", DiagnosticSeverity.Error, "inc/h.h", 7, 0, "C1083", "Cannot open include file: 'x.h': No such file or directory")]
    [DataRow("C:\\src (x86)\\a.cpp(12): warning C4996: 'f': deprecated", DiagnosticSeverity.Warning, "C:\\src (x86)\\a.cpp", 12, 0, "C4996", "'f': deprecated")]
    [DataRow("c:\\a.cpp(12) : error C2065: 'x' : undeclared identifier\r", DiagnosticSeverity.Error, "c:\\a.cpp", 12, 0, "C2065", "'x' : undeclared identifier")]
    [DataRow("a.cpp(1,2): note: see declaration of 'x'", DiagnosticSeverity.Note, "a.cpp", 1, 2, "", "see declaration of 'x'")]
    [DataRow("cl : Command line warning D9002 : ignoring unknown option '/x'", DiagnosticSeverity.Warning, "cl", 0, 0, "D9002", "ignoring unknown option '/x'")]
    [DataRow("clang-cl-19: warning: argument unused during compilation: '/MP' [-Wunused-command-line-argument]", DiagnosticSeverity.Warning, "clang-cl-19", 0, 0, "-Wunused-command-line-argument", "argument unused during compilation: '/MP'")]
    [DataRow("clang-cl: error: no such file or directory: '/x'", DiagnosticSeverity.Error, "clang-cl", 0, 0, "", "no such file or directory: '/x'")]
    public void A_line_is_read_as_it_is_printed(string line, DiagnosticSeverity severity, string file, int number, int column, string code, string message) =>
        Assert.AreEqual(new CompilerDiagnostic(severity, file, number, column, code, message), ClDiagnostics.Read(line).Single());

    [TestMethod]
    public async Task What_clang_cl_prints_is_read_and_its_excerpts_are_not()
    {
        using CompilerLab lab = new();
        lab.Write("a.cpp", "int a() { int unused = 1; return nonsense; }\n");

        string printed = Encoding.UTF8.GetString((await CompilerLab.RunAsync(lab.Command(ClLab.Compiler, "/c", "/W4", "/MP", "a.cpp"))).Errors);

        CollectionAssert.AreEqual(
            new[] { ("clang-cl-19", 0), ("a.cpp", 34) },
            CompilerFamilies.ByName("clang-cl")!.ReadDiagnostics(printed).Select(diagnostic => (diagnostic.File, diagnostic.Column)).ToArray());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("a.cpp")]
    [DataRow("Note: including file: inc/h.h")]
    [DataRow("1 warning generated.")]
    [DataRow("    3 | int f(int a){ error: x; }")]
    public void Other_lines_are_no_diagnostics(string line) => Assert.IsEmpty(ClDiagnostics.Read(line));
}
