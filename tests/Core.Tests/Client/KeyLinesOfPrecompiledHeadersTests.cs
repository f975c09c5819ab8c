using DistBuild.Core.Processes;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Client;

/// <summary>Precompiled headers: section 5 of the list in docs/caching.md, whose lines the numbers are.</summary>
[TestClass]
public sealed class KeyLinesOfPrecompiledHeadersTests : IDisposable
{
    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [TestMethod]
    [DataRow("#include \"p.h\"", "", "p.h")]
    [DataRow("#include <p.h>", "-Iinc", "inc/p.h")]
    [DataRow("#include \"lib/p.h\"", "-Iinc", "inc/lib/p.h")]
    [DataRow("", "-include p.h", "p.h")]
    [DataRow("#define NAME \"p.h\"\n#include NAME", "", "p.h")]
    public async Task Line_54_70_73_77_a_unit_that_gcc_compiles_with_a_precompiled_header_is_never_served_from_a_store(string include, string options, string header)
    {
        // gcc reports neither the precompiled header nor the header behind it.
        _engine.Write(header, "#define X 1\n");
        _engine.Write("a.c", include + "\nint a = X;\n");
        string line = $"gcc {options} -c a.c -o a.o".Replace("  ", " ");
        await _engine.MakeAsync(line);
        await PrecompileAsync(header, header + ".gch");
        for (int build = 2; build < 4; build++)
        {
            Made made = await _engine.MakeAsync(line);
            Assert.AreEqual(UnitOutcome.NotCacheable, made.Outcome);
            Assert.Contains("precompiled header", made.Reason!);
            _engine.Write(header, $"#define X {build}\n");
            await PrecompileAsync(header, header + ".gch");
        }

        File.Delete(_engine[header + ".gch"]);
        Assert.AreEqual(UnitOutcome.CompiledLocally, (await _engine.MakeAsync(line)).Outcome);
    }

    [TestMethod]
    public async Task Line_54_75_a_folder_of_precompiled_headers_is_noticed()
    {
        _engine.Write("p.h", "#define X 1\n");
        _engine.Write("a.c", "#include \"p.h\"\nint a = X;\n");
        await _engine.MakeAsync("gcc -c a.c -o a.o");
        _engine.Folder("p.h.gch");
        await PrecompileAsync("p.h", "p.h.gch/default");
        _engine.Write("p.h", "#define X 2\n");

        Assert.AreEqual(UnitOutcome.NotCacheable, (await _engine.MakeAsync("gcc -c a.c -o a.o")).Outcome);
    }

    [TestMethod]
    public async Task Line_54_a_precompiled_header_that_gcc_passes_over_costs_nothing_but_a_preprocessing()
    {
        _engine.Write("p.h", "#define X 1\n");
        _engine.Write("a.c", "#include \"p.h\"\nint a = X;\n");
        await PrecompileAsync("p.h", "p.h.gch", "-O2");
        Assert.AreEqual(UnitOutcome.CompiledLocally, (await _engine.MakeAsync("gcc -O0 -fPIC -c a.c -o a.o")).Outcome);
        Made hit = await _engine.MakeAsync("gcc -O0 -fPIC -c a.c -o a.o");
        Assert.AreEqual(UnitOutcome.LocalHit, hit.Outcome);
    }

    [TestMethod]
    [DataRow("clang-19 -include-pch p.pch -c a.c -o a.o", "-include-pch")]
    [DataRow("clang-19 -include p.h -c a.c -o a.o", "-include p.h")]
    public async Task Line_70_75_77_units_with_clangs_precompiled_headers_are_refused(string line, string argument)
    {
        _engine.Write("p.h", "#define X 1\n");
        _engine.Write("a.c", "int a = X;\n");
        ProcessResult made = await ProcessRunner.RunAsync(
            new ProcessRequest("clang-19", ["-x", "c-header", "p.h", "-o", line.Contains("-pch", StringComparison.Ordinal) ? "p.pch" : "p.h.pch"], _engine[""], _engine.Environment), CancellationToken.None);
        Assert.AreEqual(0, made.ExitCode);
        await _engine.RefuseAsync(line, argument);
    }

    private async Task PrecompileAsync(string header, string output, string option = "-O0")
    {
        ProcessRequest request = new("gcc", [option, "-x", "c-header", "-c", header, "-o", output], _engine[""], _engine.Environment);
        Assert.AreEqual(0, (await ProcessRunner.RunAsync(request, CancellationToken.None)).ExitCode);
        _engine.Settle(output);
    }
}
