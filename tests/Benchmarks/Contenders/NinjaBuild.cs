using System.Diagnostics;
using DistBuild.Benchmarks.Corpora;
using DistBuild.Benchmarks.Measuring;
using DistBuild.EndToEnd.Tests.Harness;
using DistBuild.Tests.Shared;

namespace DistBuild.Benchmarks.Contenders;

/// <summary>The same commands by ninja, with dependency files as CMake writes them, through a launcher or none.</summary>
internal class NinjaBuild : IContender
{
    private readonly Corpus _corpus;
    private readonly string _sources, _file;
    private readonly Dictionary<string, string> _environment;

    /// <param name="arguments">What all compiles share.</param>
    /// <param name="launcher">What stands before the compiler, with a blank; or nothing.</param>
    public NinjaBuild(
        string name, Corpus corpus, IReadOnlyList<string> arguments, Developer developer, TemporaryFolder folder, string launcher, params (string Name, string Value)[] settings)
    {
        Name = name;
        Folder = folder[name.Replace(' ', '-')];
        (_corpus, _sources, _file) = (corpus, developer.Folder, Path.Combine(Folder, "build.ninja"));
        Cache = Path.Combine(Folder, "cache");
        _environment = new Dictionary<string, string>(developer.Environment);
        foreach ((string variable, string value) in settings)
        {
            _environment[variable] = value.Replace("{cache}", Cache, StringComparison.Ordinal);
        }

        Directory.CreateDirectory(Cache);
        File.WriteAllText(_file, Rules(launcher, arguments));
    }

    public string Name { get; }

    /// <summary>The contender's own: objects, cache, build file.</summary>
    protected string Folder { get; }

    protected string Cache { get; }

    public IReadOnlyDictionary<string, string> Environment => _environment;

    public string ObjectOf(string source) => Path.Combine(Folder, "objects", Path.ChangeExtension(source, ".o"));

    public async Task CleanAsync() => await TimedProgram.RunAsync("ninja", ["-f", _file, "-t", "clean"], _sources, _environment);

    public virtual Task ForgetAsync()
    {
        Directory.Delete(Cache, recursive: true);
        Directory.CreateDirectory(Cache);
        return Task.CompletedTask;
    }

    public virtual async Task<Cost> RunAsync() => (await TimedProgram.RunAsync("ninja", ["-f", _file, "-j2"], _sources, _environment)).Cost;

    private string Rules(string launcher, IReadOnlyList<string> arguments)
    {
        string shared = string.Join(' ', arguments.Select(argument => $"'{argument.Replace("$", "$$", StringComparison.Ordinal)}'"));
        List<string> lines =
        [
            $"builddir = {Folder}",
            "rule compile",
            $"  command = {launcher}g++ {shared} -MD -MF $out.d -c $in -o $out",
            "  depfile = $out.d",
            "  deps = gcc",
            "",
        ];
        lines.AddRange(_corpus.Sources.Select(source => $"build {ObjectOf(source)}: compile {source}"));
        return string.Join('\n', lines) + "\n";
    }
}

/// <summary>ninja with sccache, whose server does the work: it is started here, in the foreground, and its time is counted.</summary>
internal sealed class SccacheBuild(Corpus corpus, IReadOnlyList<string> arguments, Developer developer, TemporaryFolder folder, int port)
    : NinjaBuild("sccache", corpus, arguments, developer, folder, "sccache ", ("SCCACHE_DIR", "{cache}"), ("SCCACHE_SERVER_PORT", $"{port}"), ("SCCACHE_IDLE_TIMEOUT", "0")), IAsyncDisposable
{
    private RunningProgram? _server;

    public async Task StartAsync()
    {
        Dictionary<string, string> environment = new(Environment) { ["SCCACHE_START_SERVER"] = "1", ["SCCACHE_NO_DAEMON"] = "1" };
        _server = RunningProgram.Start("sccache", [], Folder, environment);
        for (int attempt = 0; (await TryAskAsync()).ExitCode != 0; attempt++)
        {
            Assert.IsLessThan(100, attempt, _server.Printed);
            await Task.Delay(50);
        }
    }

    public override async Task ForgetAsync()
    {
        await DisposeAsync();
        await base.ForgetAsync();
        await StartAsync();
    }

    public override async Task<Cost> RunAsync()
    {
        TimeSpan before = ServerTime();
        Cost cost = await base.RunAsync();
        return cost with { Processor = cost.Processor + ServerTime() - before };
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
            _server = null;
        }
    }

    private async Task<ProgramResult> TryAskAsync()
    {
        await using RunningProgram ask = RunningProgram.Start("sccache", ["--show-stats"], Folder, Environment);
        return await ask.ExitAsync(TimeSpan.FromSeconds(30));
    }

    private TimeSpan ServerTime()
    {
        using Process server = Process.GetProcessById(_server!.Id);
        return server.TotalProcessorTime + EndedChildren(_server.Id);
    }

    // proc(5): fields 16 and 17 of stat are the waited-for children's ticks, a hundredth of a second each.
    private static TimeSpan EndedChildren(int id)
    {
        string stat = File.ReadAllText($"/proc/{id}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromSeconds((long.Parse(fields[13], System.Globalization.CultureInfo.InvariantCulture) + long.Parse(fields[14], System.Globalization.CultureInfo.InvariantCulture)) / 100.0);
    }
}
