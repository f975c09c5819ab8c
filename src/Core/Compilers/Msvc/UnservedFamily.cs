using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>A family that is known by name and whose command lines are not served yet: every compile is left to the project's own compiler.</summary>
internal abstract class UnservedFamily(string name) : ICompilerFamily
{
    public string Name { get; } = name;

    public CommandVerdict Parse(CompileCommand command) =>
        new CommandVerdict.RunLocally(Path.GetFileName(command.Compiler), "cl command lines are not served yet; compiled by the project's own compiler");

    public IReadOnlyList<PreprocessPlan> Preprocess(CompileCommand command, CommandVerdict.Cacheable verdict) => [];

    public CompileCommand CompileSource(CompileCommand command, CommandVerdict.Cacheable verdict, string objectPath, string dependencyFile) => command;

    public CompileCommand? TrackDependencies(CompileCommand command, string dependencyFile) => null;

    public bool ReportsEveryFile(CompileCommand command) => false;

    public CompileCommand CompileText(
        RemoteJob job, string driver, string input, string output, string workingDirectory, IReadOnlyDictionary<string, string> environment) =>
        throw new NotSupportedException(Refuse(job));

    public bool SaysTheSame(RemoteJob job, IReadOnlyDictionary<string, string> environment) => false;

    public string? Refuse(RemoteJob job) => $"{Name} jobs are not served yet";

    public string? RefuseText(RemoteJob job, ReadOnlySpan<byte> text) => Refuse(job);

    public IncludeFolders Includes(CompileCommand command) => new([], [], $"{Name} is not served yet");

    public IReadOnlyList<string> SystemIncludeQuery(CommandVerdict.Cacheable verdict) => [];

    public IReadOnlyList<string>? ReadSystemIncludes(string printed) => null;

    public string? RefuseFiles(RemoteJob job, IEnumerable<string> files) => Refuse(job);

    public IReadOnlyList<string> ReadDependencies(string dependencyFile) => [];

    public IReadOnlyList<string> ReadLineMarkers(ReadOnlySpan<byte> text) => [];

    public IReadOnlyList<CompilerDiagnostic> ReadDiagnostics(string printed) => [];
}
