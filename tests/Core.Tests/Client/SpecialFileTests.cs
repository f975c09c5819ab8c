using System.Diagnostics;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Client;

/// <summary>Sources and headers that are no files: what is read once cannot be keyed.</summary>
[TestClass]
public sealed class SpecialFileTests
{
    [TestMethod]
    [DataRow(true, DisplayName = "the source")]
    [DataRow(false, DisplayName = "a header")]
    [Timeout(60_000)]
    public async Task What_comes_through_a_pipe_is_compiled_once_and_never_kept(bool isSource)
    {
        using Engine engine = new();
        engine.Write("a.cpp", "#include \"pipe.h\"\n");
        string pipe = engine[isSource ? "pipe.cpp" : "pipe.h"], source = isSource ? "pipe.cpp" : "a.cpp";
        using (Process make = Process.Start("mkfifo", pipe))
        {
            await make.WaitForExitAsync();
        }

        for (int build = 0; build < 2; build++)
        {
            string text = $"int answer() {{ return {build}; }}\n";
            Task writing = Task.Run(() => File.WriteAllText(pipe, text));
            CompileCommand command = new("g++", ["-c", source, "-o", "a.o"], Path.GetDirectoryName(pipe)!, engine.Environment);
            UnitResult result = await engine.BuildAsync(new TranslationUnit(source, command.FullPath(source), command.FullPath("a.o"), command));
            await writing;

            Assert.AreEqual(0, result.ExitCode, result.Errors);
            Assert.AreNotEqual(UnitOutcome.LocalHit, result.Outcome);
            Assert.AreNotEqual(UnitOutcome.UpToDate, result.Outcome);
        }
    }
}
