using DistBuild.Core.Compilers;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;

namespace DistBuild.Agent.Tests.Execution;

/// <summary>A compiler that is a shell script: <c>$1</c> is the text, <c>$2</c> the object. It refuses the arguments it is told to.</summary>
internal sealed class ScriptFamily(string script) : ICompilerFamily
{
    public static readonly RemoteJob Job = new("script", "c", []);

    public string Name => "script";

    /// <summary>Its scripts may use the programs of this machine.</summary>
    public Toolchain Toolchain => new(Digest.Of([1]), this, "/bin/sh", "script 1.0", "1.0", "none") { Files = ["/usr", "/bin", "/lib", "/lib64"] };

    public CompileCommand CompileText(
        RemoteJob job, string driver, string input, string output, string workingDirectory, IReadOnlyDictionary<string, string> environment) =>
        new(driver, ["-c", script, driver, input, output], workingDirectory, environment);

    public string? Refuse(RemoteJob job) => job.Arguments is [string argument, ..] ? $"'{argument}' is not allowed" : null;

    public CommandVerdict Parse(CompileCommand command) => throw new NotSupportedException();

    public IReadOnlyList<PreprocessPlan> Preprocess(CompileCommand command, CommandVerdict.Cacheable verdict) => throw new NotSupportedException();

    public CompileCommand CompileSource(CompileCommand command, CommandVerdict.Cacheable verdict, string objectPath, string dependencyFile) =>
        throw new NotSupportedException();

    public CompileCommand? TrackDependencies(CompileCommand command, string dependencyFile) => throw new NotSupportedException();

    public CompileCommand? ListInputs(CompileCommand command, string dependencyFile) => throw new NotSupportedException();

    public bool ReportsEveryFile(CompileCommand command) => throw new NotSupportedException();

    public bool SaysTheSame(RemoteJob job, IReadOnlyDictionary<string, string> environment) => throw new NotSupportedException();

    public string? RefuseText(RemoteJob job, ReadOnlySpan<byte> text) => null;

    public string? MayReadFiles(RemoteJob job, ReadOnlySpan<byte> text) => null;

    public IncludeFolders Includes(CompileCommand command) => throw new NotSupportedException();

    public IReadOnlyList<string> SystemIncludeQuery(CommandVerdict.Cacheable verdict) => throw new NotSupportedException();

    public IReadOnlyList<string>? ReadSystemIncludes(string printed) => throw new NotSupportedException();

    public string? RefuseFiles(RemoteJob job, IEnumerable<string> files) => null;

    public IReadOnlyList<string> ReadDependencies(string dependencyFile) => throw new NotSupportedException();

    public IReadOnlyList<string> ReadLineMarkers(ReadOnlySpan<byte> text) => throw new NotSupportedException();

    public IReadOnlyList<CompilerDiagnostic> ReadDiagnostics(string printed) => throw new NotSupportedException();
}
