using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Client;

/// <summary>Assembler statements out of macros, of which only the expanded text shows what they do.</summary>
[TestClass]
public sealed class AssemblerMacroTests : IDisposable
{
    private const string Macros = "#define TEXT(x) #x\n#define STATEMENT(x) __asm__(TEXT(x))\n";

    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [TestMethod]
    [DataRow("gcc", "int a;", DisplayName = "gcc, nobody uses them")]
    [DataRow("gcc", "STATEMENT(.globl a);\nint a;", DisplayName = "gcc, they read nothing")]
    [DataRow("clang-19", "STATEMENT(.globl a);\nint a;", DisplayName = "clang, they read nothing")]
    public async Task A_unit_whose_statements_read_no_file_is_kept_at_once_and_found_by_its_files(string compiler, string source)
    {
        _engine.Write("macros.h", Macros);
        _engine.Write("a.c", "#include \"macros.h\"\n" + source);

        Made first = await _engine.MakeAsync($"{compiler} -c a.c -o a.o");
        Made second = await _engine.MakeAsync($"{compiler} -c a.c -o a.o");

        Assert.AreEqual(UnitOutcome.CompiledLocally, first.Outcome);
        Assert.AreEqual((UnitOutcome.LocalHit, KeyMode.Direct), (second.Outcome, second.Keyed), second.Reason);
    }

    [TestMethod]
    [DataRow("gcc")]
    [DataRow("clang-19")]
    public async Task A_header_that_makes_the_same_statement_read_a_file_ends_that(string compiler)
    {
        _engine.Write("data", ".byte 1\n");
        _engine.Write("word.h", "#define WORD .globl a\n");
        _engine.Write("macros.h", "#include \"word.h\"\n" + Macros + "#define EXPANDED(x) STATEMENT(x)\n");
        _engine.Write("a.c", "#include \"macros.h\"\nEXPANDED(WORD);\nint a;");
        await _engine.MakeAsync($"{compiler} -c a.c -o a.o");
        Assert.AreEqual(UnitOutcome.LocalHit, (await _engine.MakeAsync($"{compiler} -c a.c -o a.o")).Outcome);

        _engine.Write("word.h", "#define WORD .incbin \"data\"\n");
        for (int build = 0; build < 3; build++)
        {
            // Each time the object is compared with the plain compiler's.
            _engine.Write("data", $".byte {build}\n");
            Made made = await _engine.MakeAsync($"{compiler} -c a.c -o a.o");
            Assert.IsTrue(made.Outcome is UnitOutcome.NotCacheable or UnitOutcome.CompiledLocally, made.Outcome.ToString());
        }
    }
}
