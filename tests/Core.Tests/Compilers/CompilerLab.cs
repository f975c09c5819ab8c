using System.Text;
using DistBuild.Core.Compilers;
using DistBuild.Core.Hashing;
using DistBuild.Core.Processes;
using DistBuild.Core.Units;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Compilers;

/// <summary>A project folder, an agent's folder, and real compilers.</summary>
internal sealed class CompilerLab : IDisposable
{
    public static readonly IReadOnlyDictionary<string, string> CleanEnvironment = new Dictionary<string, string>
    {
        ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
        ["LC_ALL"] = "C.UTF-8",
    };

    private readonly TemporaryFolder _project = new();
    private readonly TemporaryFolder _agent = new();

    public string Project => _project.Path;

    public Dictionary<string, string> Environment { get; } = CleanEnvironment.ToDictionary();

    public string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    public string Write(string name, byte[] content)
    {
        string path = _project[name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public CompileCommand Command(string compiler, params string[] arguments) => new(compiler, arguments, Project, Environment);

    public static ICompilerFamily Family(CompileCommand command) => CompilerFamilies.ForDriver(command.Compiler)!;

    public static CommandVerdict Parse(CompileCommand command) => Family(command).Parse(command);

    public static CommandVerdict.Cacheable Cacheable(CompileCommand command) =>
        Parse(command) as CommandVerdict.Cacheable ?? throw new AssertFailedException($"{string.Join(' ', command.Arguments)}: {Parse(command)}");

    public static async Task<ProcessResult> RunAsync(CompileCommand command) =>
        await ProcessRunner.RunAsync(new ProcessRequest(command.Compiler, command.Arguments, command.WorkingDirectory, command.Environment), CancellationToken.None);

    public static async Task<ProcessResult> SucceedAsync(CompileCommand command)
    {
        ProcessResult result = await RunAsync(command);
        Assert.AreEqual(0, result.ExitCode, $"{command.Compiler} {string.Join(' ', command.Arguments)}\n{Encoding.UTF8.GetString(result.Errors)}");
        return result;
    }

    public static IReadOnlyList<PreprocessPlan> Plans(CompileCommand command) => Family(command).Preprocess(command, Cacheable(command));

    public static async Task<PlainCompile> CompilePlainAsync(CompileCommand command)
    {
        ProcessResult result = await SucceedAsync(command);
        return new PlainCompile(await File.ReadAllBytesAsync(command.FullPath(Cacheable(command).Object)), Encoding.UTF8.GetString(result.Errors));
    }

    /// <summary>The text that a plan makes, with its beginning, and what the preprocessor printed.</summary>
    public static async Task<(byte[] Text, string Errors)> PreprocessAsync(PreprocessPlan plan)
    {
        ProcessResult result = await SucceedAsync(plan.Command);
        return ([.. plan.Prefix.Span, .. result.Output], Encoding.UTF8.GetString(result.Errors));
    }

    /// <summary>Compiles a text as an agent does: in a folder of its own, by the job alone.</summary>
    public async Task<PlainCompile> CompileTextAsync(CompileCommand command, PreprocessPlan plan, byte[] text, bool accepted = true)
    {
        ICompilerFamily family = Family(command);
        if (accepted)
        {
            Assert.IsNull(family.Refuse(plan.Job));
        }

        string folder = Directory.CreateDirectory(_agent[Guid.NewGuid().ToString("N")]).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "unit.i"), text);
        Dictionary<string, string> environment = new() { ["PATH"] = CleanEnvironment["PATH"], ["LC_ALL"] = "C.UTF-8", ["TMPDIR"] = folder };
        ProcessResult result = await SucceedAsync(family.CompileText(plan.Job, command.Compiler, "unit.i", "unit.o", folder, environment));
        byte[] compiled = await File.ReadAllBytesAsync(Path.Combine(folder, "unit.o"));
        Directory.Delete(folder, recursive: true);
        return new PlainCompile(compiled, Encoding.UTF8.GetString(result.Errors));
    }

    /// <summary>The key of a command's unit by its first plan whose text is accepted; null when none is.</summary>
    public static async Task<Digest?> KeyAsync(CompileCommand command, Digest toolchain = default)
    {
        ICompilerFamily family = Family(command);
        foreach (PreprocessPlan plan in Plans(command))
        {
            ProcessResult result = await RunAsync(plan.Command);
            byte[] text = [.. plan.Prefix.Span, .. result.Output];
            if (result.ExitCode == 0 && Refuse(command, plan, text) is null)
            {
                Digest[] files = plan.Expanded ? [.. family.ReadLineMarkers(text).Select(file => Digest.Of(File.ReadAllBytes(command.FullPath(file))))] : [];
                return UnitKey.Of(toolchain, plan, Digest.Of(text), files);
            }
        }

        return null;
    }

    /// <summary>Why a plan's text cannot stand for its unit, or null.</summary>
    public static string? Refuse(CompileCommand command, PreprocessPlan plan, byte[] text)
    {
        ICompilerFamily family = Family(command);
        return family.RefuseText(plan.Job, text) ?? family.RefuseFiles(plan.Job, family.ReadLineMarkers(text).Select(command.FullPath));
    }

    public void Dispose()
    {
        _project.Dispose();
        _agent.Dispose();
    }
}

internal sealed record PlainCompile(byte[] Object, string Errors);
