using System.Collections;
using DistBuild.Core.Client;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Records;

namespace DistBuild.Core.Tests.Client;

/// <summary>A build of every C++ source of a folder as a program of its own.</summary>
internal static class BuildWorker
{
    /// <summary>Prints the outcomes, then a line for everything the engine has to say.</summary>
    public static async Task RunAsync(string folder, string store)
    {
        Dictionary<string, string> environment = Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>().ToDictionary(variable => (string)variable.Key, variable => (string)variable.Value!);
        TranslationUnit[] units =
        [
            .. Directory.GetFiles(folder, "*.cpp").Order(StringComparer.Ordinal).Select(source => new TranslationUnit(
                Path.GetFileName(source),
                source,
                Path.ChangeExtension(source, ".o"),
                new CompileCommand("g++", ["-c", source, "-o", Path.ChangeExtension(source, ".o")], folder, environment))),
        ];
        Said said = new();
        await using (BuildSession session = new(new BuildOptions { Store = store, Broadcast = false }, TimeProvider.System))
        {
            foreach (UnitResult result in await new UnitCompiler(session, BuildRecords.Load(Path.Combine(folder, "build.records")), said, 2).CompileAsync(units, default))
            {
                Console.WriteLine(result.Outcome);
            }
        }

        said.Lines.ForEach(Console.WriteLine);
    }

    private sealed class Said : IBuildObserver
    {
        public List<string> Lines { get; } = [];

        public void Finished(UnitResult result, int finished, int total)
        {
        }

        public void Report(Diagnostic diagnostic, params object[] values) => Lines.Add($"{diagnostic.Code} {diagnostic.Format(values)}");
    }
}
