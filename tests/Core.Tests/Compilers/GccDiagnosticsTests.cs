using System.Text;
using DistBuild.Core.Compilers;
using DistBuild.Core.Processes;
using static DistBuild.Core.Compilers.DiagnosticSeverity;

namespace DistBuild.Core.Tests.Compilers;

[TestClass]
public sealed class GccDiagnosticsTests
{
    [TestMethod]
    [DataRow("a.c:3:7: warning: unused variable ‘u’ [-Wunused-variable]", Warning, "a.c", 3, 7, "-Wunused-variable", "unused variable ‘u’")]
    [DataRow("a.c:3:7: error: unused variable 'u' [-Werror=unused-variable]", Error, "a.c", 3, 7, "-Wunused-variable", "unused variable 'u'")]
    [DataRow("a.c:3:7: error: unused variable 'u' [-Werror,-Wunused-variable]", Error, "a.c", 3, 7, "-Wunused-variable", "unused variable 'u'")]
    [DataRow("a.c:3:2: warning: text [-W#warnings]", Warning, "a.c", 3, 2, "-W#warnings", "text")]
    [DataRow("/x y/a.c:1:10: fatal error: b.h: No such file or directory", Error, "/x y/a.c", 1, 10, "", "b.h: No such file or directory")]
    [DataRow("a.c:3: warning: \"X\" redefined", Warning, "a.c", 3, 0, "", "\"X\" redefined")]
    [DataRow("a.c:3:1: note: here", Note, "a.c", 3, 1, "", "here")]
    [DataRow("C:\\src\\a.c:3:1: error: x", Error, "C:\\src\\a.c", 3, 1, "", "x")]
    [DataRow("C:/src/a.c:3:1: error: x", Error, "C:/src/a.c", 3, 1, "", "x")]
    [DataRow("g++: error: unrecognized command-line option ‘-foo’", Error, "g++", 0, 0, "", "unrecognized command-line option ‘-foo’")]
    [DataRow("g++: fatal error: no input files", Error, "g++", 0, 0, "", "no input files")]
    [DataRow("error: unknown argument: '-foo'", Error, "", 0, 0, "", "unknown argument: '-foo'")]
    [DataRow("cc1plus: all warnings being treated as errors", Error, "cc1plus", 0, 0, "", "all warnings being treated as errors")]
    [DataRow("cc1: warning: command-line option ‘-x’ is valid for C++", Warning, "cc1", 0, 0, "", "command-line option ‘-x’ is valid for C++")]
    [DataRow("/tmp/ccX.s:12: Error: no such instruction: `foo'", Error, "/tmp/ccX.s", 12, 0, "", "no such instruction: `foo'")]
    [DataRow("a.c:9:1: internal compiler error: Segmentation fault", Error, "a.c", 9, 1, "", "Segmentation fault")]
    [DataRow("a.c:9:1: sorry, unimplemented: this", Error, "a.c", 9, 1, "", "this")]
    [DataRow("<command-line>: error: macro names must be identifiers", Error, "<command-line>", 0, 0, "", "macro names must be identifiers")]
    [DataRow("collect2: error: ld returned 1 exit status", Error, "collect2", 0, 0, "", "ld returned 1 exit status")]
    [DataRow("\u001b[01m\u001b[Ka.c:3:7:\u001b[m\u001b[K \u001b[01;35m\u001b[Kwarning: \u001b[m\u001b[Kx [\u001b[01;35m\u001b[K-Wy\u001b[m\u001b[K]", Warning, "a.c", 3, 7, "-Wy", "x")]
    public void One_line_is_one_diagnostic(string line, DiagnosticSeverity severity, string file, int row, int column, string code, string message) =>
        Assert.AreEqual(new CompilerDiagnostic(severity, file, row, column, code, message), Read(line + "\r\n").Single());

    [TestMethod]
    [DataRow("In file included from a.c:1:")]
    [DataRow("                 from b.h:2,")]
    [DataRow("a.c: In function ‘main’:")]
    [DataRow("   12 |   int error: 3;")]
    [DataRow("      |       ^~~~~")]
    [DataRow("1 warning generated.")]
    [DataRow("compilation terminated.")]
    [DataRow("")]
    public void Other_lines_are_none(string line) => Assert.IsEmpty(Read(line));

    [TestMethod]
    [DataRow("g++", "C.UTF-8")]
    [DataRow("g++", "C")]
    [DataRow("clang++-19", "C.UTF-8")]
    public async Task What_a_compiler_prints_is_read_in_order(string compiler, string locale)
    {
        using CompilerLab lab = new();
        lab.Environment["LC_ALL"] = locale;
        lab.Write("h.h", "inline int h() { int unused; return 1; }\n");
        lab.Write("a.cpp", "#include \"h.h\"\nint f() { return undeclared; }\n");

        ProcessResult result = await CompilerLab.RunAsync(lab.Command(compiler, "-Wall", "-c", "a.cpp"));
        CompilerDiagnostic[] read = [.. Read(Encoding.UTF8.GetString(result.Errors)).OrderByDescending(diagnostic => diagnostic.Severity)];

        Assert.HasCount(2, read);
        Assert.AreEqual((Error, "a.cpp", 2, 18, ""), (read[0].Severity, read[0].File, read[0].Line, read[0].Column, read[0].Code));
        Assert.Contains("undeclared", read[0].Message);
        Assert.AreEqual((Warning, 1, 22, "-Wunused-variable"), (read[1].Severity, read[1].Line, read[1].Column, read[1].Code));
        Assert.EndsWith("h.h", read[1].File);
    }

    private static IReadOnlyList<CompilerDiagnostic> Read(string printed) => CompilerFamilies.ByName("gcc")!.ReadDiagnostics(printed);
}
