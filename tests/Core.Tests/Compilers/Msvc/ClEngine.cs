using System.Text;
using DistBuild.Core.Client;
using DistBuild.Core.Hashing;
using DistBuild.Core.Processes;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Records;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Compilers.Msvc;

/// <summary>
/// A project, a store, a cl.exe and the engine without agents. Whatever the engine delivers is compared with what the plain compiler makes of the same command at the same
/// moment: the object byte by byte, and what is printed on each stream.
/// </summary>
internal sealed class ClEngine : IDisposable
{
    private readonly TemporaryFolder _folder = new("cl-engine-");

    public ClEngine(string version = "19.38.33130")
    {
        Cl = new ClInstallation(_folder["vc/bin"], version);
        Directory.CreateDirectory(_folder["work"]);
        Write("inc/h.h", "#define H 3\n#define SQUARE(x) ((x) * (x))\n");
        Write("a.cpp", "#include \"h.h\"\nint a(int x) { return SQUARE(x) + H; }\n");
        SettleCompiler();
    }

    public ClInstallation Cl { get; }

    public Dictionary<string, string> Environment { get; } = CompilerLab.CleanEnvironment.ToDictionary();

    public string this[string name] => Path.Combine(_folder.Path, "work", name);

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    /// <summary>A file that was edited before the build, and so long before that a later edit must show.</summary>
    public string Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], content);
        Settle(this[name]);
        return this[name];
    }

    public void SettleCompiler()
    {
        foreach (string file in Directory.GetFiles(_folder["vc/bin"], "*", SearchOption.AllDirectories).Prepend(_folder["vc/bin"]))
        {
            Settle(file);
        }
    }

    public CompileCommand Command(string options, string source = "a.cpp", string directory = "") =>
        new(Cl.Compiler, ["/nologo", "/c", "/Iinc", "/Brepro", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), source], this[directory].TrimEnd('/'), Environment.ToDictionary());

    /// <summary>Compiles a command that has no object yet.</summary>
    public Task<UnitResult> MakeAsync(string options = "", string source = "a.cpp", string directory = "") => MakeAsync(Command(options, source, directory));

    public async Task<UnitResult> MakeAsync(CompileCommand command)
    {
        string target = TargetOf(command), words = string.Join(' ', command.Arguments);
        File.Delete(target);
        UnitResult result = await BuildAsync(command);
        byte[]? made = File.Exists(target) ? File.ReadAllBytes(target) : null;
        CompileCommand bare = command with { Environment = command.Environment.Where(variable => variable.Key != "VS_UNICODE_OUTPUT").ToDictionary() };
        ProcessResult plain = await ProcessRunner.RunAsync(ProcessRequest.For(bare), CancellationToken.None);
        Assert.AreEqual(plain.ExitCode == 0, result.ExitCode == 0, $"{words}\n{result.Output}{result.Errors}");
        CollectionAssert.AreEqual(plain.Output, result.OutputBytes.ToArray(), $"{words}: {result.Output}");
        CollectionAssert.AreEqual(plain.Errors, result.ErrorBytes.ToArray(), $"{words}: {result.Errors}");
        if (plain.ExitCode == 0)
        {
            CollectionAssert.AreEqual(await File.ReadAllBytesAsync(target), WithoutReport(made!, target), $"{words}: not the plain compiler's object ({result.Outcome}, {result.Keyed})");
        }

        CollectionAssert.AreEqual(Array.Empty<string>(), Directory.GetFiles(Path.GetDirectoryName(target)!, "*.reads"), "a report is left behind");
        return result;
    }

    /// <summary>Compiled, then found, and equal both times.</summary>
    public async Task HitAsync(string options = "", string source = "a.cpp")
    {
        UnitResult first = await MakeAsync(options, source), second = await MakeAsync(options, source);
        Assert.AreEqual((UnitOutcome.CompiledLocally, (KeyMode?)KeyMode.Direct), (first.Outcome, first.Keyed), $"{options}: {first.Reason}");
        Assert.AreEqual((UnitOutcome.LocalHit, (KeyMode?)KeyMode.Direct), (second.Outcome, second.Keyed), $"{options}: {second.Reason}");
    }

    /// <summary>What a change makes another unit.</summary>
    public async Task MissAsync(string options = "", string source = "a.cpp")
    {
        UnitResult result = await MakeAsync(options, source);
        Assert.AreEqual(UnitOutcome.CompiledLocally, result.Outcome, $"{options}: {result.Reason}");
    }

    public async Task<UnitResult> BuildAsync(CompileCommand command, BuildRecords? records = null, IReadOnlyList<string>? otherOutputs = null)
    {
        BuildOptions options = new() { Store = _folder["store"], Broadcast = false };
        await using BuildSession session = new(options, TimeProvider.System);
        string source = command.Arguments[^1];
        TranslationUnit unit = new(source, command.FullPath(source), TargetOf(command), command) { OtherOutputs = otherOutputs ?? [] };
        UnitCompiler compiler = new(session, records ?? BuildRecords.Load(_folder[Guid.NewGuid().ToString("N")]), new Listener(), 1);
        return (await compiler.CompileAsync([unit], CancellationToken.None)).Single();
    }

    /// <summary>Debug information has the command line, and with it what asked for the report: the one difference there may be.</summary>
    private static byte[] WithoutReport(byte[] made, string target)
    {
        string text = Encoding.Latin1.GetString(made);
        int build = text.LastIndexOf("\nbuild ", StringComparison.Ordinal);
        return build < 0 ? made : Encoding.Latin1.GetBytes(text[..build] + text[build..]
            .Replace($" /sourceDependencies {target}.reads", "", StringComparison.Ordinal).Replace(" /showIncludes", "", StringComparison.Ordinal));
    }

    public BuildRecords Records() => BuildRecords.Load(_folder["build.records"]);

    public static string TargetOf(CompileCommand command) => command.FullPath(
        CompilerLab.Parse(command) is CommandVerdict.Cacheable verdict ? verdict.Object : Path.ChangeExtension(Path.GetFileName(command.Arguments[^1]), ".obj"));

    public void Dispose() => _folder.Dispose();

    public static void Settle(string path)
    {
        Assert.IsTrue(FileIdentity.TryRead(path, out FileIdentity written));
        SpinWait.SpinUntil(() => written.SettledBefore(FileIdentity.Now()));
    }

    private sealed class Listener : IBuildObserver
    {
        public void Finished(UnitResult result, int finished, int total)
        {
        }

        public void Report(Diagnostic diagnostic, params object[] values) => Assert.Fail(diagnostic.Format(values));
    }
}
