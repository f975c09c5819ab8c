using DistBuild.Agent.Tests.Hosting;
using DistBuild.Core.Client;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Records;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Cluster;

/// <summary>A developer's machine: a checkout and a store of its own, the engine with the real g++, and agents it knows by address.</summary>
internal sealed class BuildNode : IDisposable, IBuildObserver
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = RunningAgent.Environment();

    public BuildNode(params RunningAgent[] agents)
    {
        Directory.CreateDirectory(_folder["checkout"]);
        Options = new BuildOptions
        {
            Store = _folder["store"],
            Broadcast = false,
            LocalSlots = 0,
            Agents = [.. agents.Select(agent => new AgentAddress("127.0.0.1", agent.EndPoint.Port))],
        };
    }

    public BuildOptions Options { get; set; }

    /// <summary>The compiler, or its full path.</summary>
    public string Compiler { get; init; } = "g++";

    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Cacheable units that it compiles or preprocesses at once.</summary>
    public int Slots { get; init; } = 2;

    /// <summary>Hears of each unit before the slot that made it goes on.</summary>
    public Action<UnitResult> Finished { get; set; } = _ => { };

    public List<string> Warnings { get; } = [];

    public string this[string file] => Path.Combine(_folder["checkout"], file);

    /// <summary>A file that was edited before the build, and so long before that a later edit must show.</summary>
    public void Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        Assert.IsTrue(FileIdentity.TryRead(this[name], out FileIdentity written));
        SpinWait.SpinUntil(() => written.SettledBefore(FileIdentity.Now()));
    }

    /// <summary>Builds as one MSBuild process would.</summary>
    public async Task<IReadOnlyList<UnitResult>> BuildAsync(string[] sources, string[]? flags = null, CancellationToken cancellationToken = default)
    {
        BuildRecords records = BuildRecords.Load(_folder["records"]);
        await using BuildSession session = new(Options, Time);
        IReadOnlyList<UnitResult> results = await new UnitCompiler(session, records, this, Slots)
            .CompileAsync([.. sources.Select(source => Unit(source, flags ?? []))], cancellationToken);
        records.Save();
        return results;
    }

    public byte[] Object(string source) => File.ReadAllBytes(Path.ChangeExtension(this[source], ".o"));

    public void Dispose() => _folder.Dispose();

    void IBuildObserver.Finished(UnitResult result, int finished, int total) => Finished(result);

    void IBuildObserver.Report(Diagnostic diagnostic, params object[] values)
    {
        lock (Warnings)
        {
            Warnings.Add(diagnostic.Format(values));
        }
    }

    private TranslationUnit Unit(string source, string[] flags)
    {
        string target = Path.ChangeExtension(source, ".o");
        CompileCommand command = new(Compiler, [.. flags, "-O1", "-c", source, "-o", target], _folder["checkout"], _environment);
        return new TranslationUnit(source, this[source], this[target], command);
    }
}
