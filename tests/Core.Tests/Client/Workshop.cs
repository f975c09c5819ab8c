using System.Collections;
using DistBuild.Core.Client;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Records;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Client;

/// <summary>A folder with sources, a store and the engine, which builds them with real compilers.</summary>
internal sealed class Workshop : IBuildObserver, IDisposable
{
    private readonly TemporaryFolder _folder = new("workshop-");

    public Workshop() => Options = new BuildOptions { Store = PathOf("store"), Broadcast = false };

    public BuildOptions Options { get; set; }

    public Dictionary<string, string> Environment { get; } = System.Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>().ToDictionary(variable => (string)variable.Key, variable => (string)variable.Value!);

    /// <summary>Codes and texts of what the engine had to say.</summary>
    public List<string> Reported { get; } = [];

    public string PathOf(string name) => _folder[name];

    /// <summary>A file that was edited before the build, and so long before that a later edit must show.</summary>
    public void Write(string name, string text)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        Assert.IsTrue(FileIdentity.TryRead(path, out FileIdentity written));
        SpinWait.SpinUntil(() => written.SettledBefore(FileIdentity.Now()));
    }

    public TranslationUnit Unit(string compiler, string source, params string[] flags)
    {
        string target = Path.ChangeExtension(source, ".o");
        CompileCommand command = new(compiler, [.. flags, "-c", source, "-o", target], _folder.Path, Environment);
        return new TranslationUnit(source, PathOf(source), PathOf(target), command);
    }

    /// <summary>Compiles one source with g++.</summary>
    public async Task<UnitResult> BuildAsync(string source, params string[] flags) => (await BuildAsync(Unit("g++", source, flags))).Single();

    public async Task<IReadOnlyList<UnitResult>> BuildAsync(params TranslationUnit[] units)
    {
        BuildRecords records = BuildRecords.Load(PathOf("obj/build.records"));
        await using BuildSession session = new(Options, TimeProvider.System);
        try
        {
            return await new UnitCompiler(session, records, this, 2) { Project = PathOf("app.vcxproj") }.CompileAsync(units, CancellationToken.None);
        }
        finally
        {
            records.Save();
        }
    }

    void IBuildObserver.Finished(UnitResult result, int finished, int total)
    {
    }

    void IBuildObserver.Report(Diagnostic diagnostic, params object[] values) => Reported.Add($"{diagnostic.Code} {diagnostic.Format(values)}");

    public void Dispose() => _folder.Dispose();
}
