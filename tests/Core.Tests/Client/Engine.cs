using System.Text;
using DistBuild.Core.Client;
using DistBuild.Core.Hashing;
using DistBuild.Core.Processes;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Records;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Client;

/// <summary>
/// A folder, a store, and the engine without agents. Whatever it delivers is compared with what the plain compiler makes of the same command at the same
/// moment: the object byte by byte, and what is printed.
/// </summary>
internal sealed class Engine : IDisposable
{
    // What compilers are by content takes a while to find out, and all tests meet the same few.
    private static readonly Lazy<string> Toolchains = new(() =>
    {
        TemporaryFolder shared = new();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => shared.Dispose();
        return shared.Path;
    });

    private readonly TemporaryFolder _folder = new();

    public Engine()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "store"));
        Directory.CreateDirectory(Path.Combine(_folder.Path, "work"));
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "store", "toolchains"), Toolchains.Value);
    }

    public Dictionary<string, string> Environment { get; } = new() { ["PATH"] = "/usr/local/bin:/usr/bin:/bin", ["LC_ALL"] = "C.UTF-8" };

    public string this[string name] => Path.Combine(_folder.Path, "work", name);

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    /// <summary>A file that was edited before the build, and so long before that a later edit must show.</summary>
    public string Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], content);
        Settle(name);
        return this[name];
    }

    public void Settle(string name)
    {
        Assert.IsTrue(FileIdentity.TryRead(this[name], out FileIdentity written));
        SpinWait.SpinUntil(() => written.SettledBefore(FileIdentity.Now()));
    }

    public void Folder(string name) => Directory.CreateDirectory(this[name]);

    public void Link(string name, string target) => File.CreateSymbolicLink(this[name], target);

    /// <summary>Compiles a command that has no object yet.</summary>
    /// <param name="line">Compiler and arguments, separated by single spaces; it names its object by <c>-o</c>.</param>
    /// <param name="directory">Where it starts.</param>
    /// <param name="reproducible">Whether two plain compiles make the same bytes.</param>
    public Task<Made> MakeAsync(string line, string directory = "", bool reproducible = true) => MakeAsync(line.Split(' '), directory, reproducible);

    public async Task<Made> MakeAsync(string[] words, string directory = "", bool reproducible = true)
    {
        CompileCommand command = new(words[0], words[1..], this[directory].TrimEnd('/'), Environment.ToDictionary());
        int output = Array.LastIndexOf(words, "-o");
        string target = command.FullPath(words[output + 1]), source = words[Array.IndexOf(words, "-c") + 1];
        File.Delete(target);
        UnitResult result = await BuildAsync(new TranslationUnit(source, command.FullPath(source), target, command));
        byte[]? made = File.Exists(target) ? File.ReadAllBytes(target) : null;
        ProcessResult plain = await ProcessRunner.RunAsync(ProcessRequest.For(command), CancellationToken.None);
        string text = string.Join(' ', words);
        Assert.AreEqual(plain.ExitCode == 0, result.ExitCode == 0, $"{text}\n{result.Errors}\n{Encoding.UTF8.GetString(plain.Errors)}");
        Assert.AreEqual(Encoding.UTF8.GetString(plain.Errors), result.Errors, text);
        Assert.AreEqual(Encoding.UTF8.GetString(plain.Output), result.Output, text);
        if (plain.ExitCode == 0 && reproducible)
        {
            CollectionAssert.AreEqual(File.ReadAllBytes(target), made, $"{text}: not the plain compiler's object ({result.Outcome}, {result.Keyed})");
        }

        return new Made(result.Outcome, result.Keyed, result.Reason, made ?? [], result.Errors);
    }

    /// <summary>Two commands, or one command before and after a change, that must not share a result; each shares with itself.</summary>
    public Task DifferAsync(string first, string second, string directory = "") => DifferAsync(first, () => { }, second, directory);

    public async Task DifferAsync(string first, Action change, string? second = null, string directory = "")
    {
        Assert.AreNotEqual(UnitOutcome.LocalHit, (await MakeAsync(first, directory)).Outcome, $"{first}: the first compile");
        Assert.AreEqual(UnitOutcome.LocalHit, (await MakeAsync(first, directory)).Outcome, $"{first}: the second compile");
        change();
        Made other = await MakeAsync(second ?? first, directory);
        Assert.AreEqual(UnitOutcome.CompiledLocally, other.Outcome, $"{second ?? first}: {other.Reason}");
    }

    /// <summary>The second command finds the result of the first.</summary>
    public async Task ShareAsync(string first, string second, string firstDirectory = "", string secondDirectory = "")
    {
        Made made = await MakeAsync(first, firstDirectory);
        Assert.AreEqual(UnitOutcome.CompiledLocally, made.Outcome, $"{first}: {made.Reason}");
        Assert.AreEqual(UnitOutcome.LocalHit, (await MakeAsync(second, secondDirectory)).Outcome, second);
    }

    /// <summary>Compiled, and never kept, for this reason.</summary>
    public async Task RefuseAsync(string line, string reason, bool reproducible = true)
    {
        for (int build = 0; build < 2; build++)
        {
            Made made = await MakeAsync(line, "", reproducible);
            Assert.AreEqual(UnitOutcome.NotCacheable, made.Outcome, line);
            Assert.Contains(reason, made.Reason!);
        }
    }

    /// <summary>One unit, without records of earlier builds.</summary>
    public async Task<UnitResult> BuildAsync(TranslationUnit unit) => (await BuildAsync([unit], new Silence())).Single();

    public async Task<IReadOnlyList<UnitResult>> BuildAsync(TranslationUnit[] units, IBuildObserver observer, BuildRecords? records = null)
    {
        BuildOptions options = new() { Store = Path.Combine(_folder.Path, "store"), Broadcast = false };
        await using BuildSession session = new(options, TimeProvider.System);
        records ??= BuildRecords.Load(Path.Combine(_folder.Path, Guid.NewGuid().ToString("N")));
        return await new UnitCompiler(session, records, observer, 1).CompileAsync(units, CancellationToken.None);
    }

    public void Dispose() => _folder.Dispose();

    private sealed class Silence : IBuildObserver
    {
        public void Finished(UnitResult result, int finished, int total)
        {
        }

        public void Report(Diagnostic diagnostic, params object[] values) => Assert.Fail(diagnostic.Format(values));
    }
}

internal sealed record Made(UnitOutcome Outcome, KeyMode? Keyed, string? Reason, byte[] Object, string Errors);
