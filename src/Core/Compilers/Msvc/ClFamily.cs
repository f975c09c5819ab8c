using DistBuild.Core.Compilers.Gcc;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>
/// Microsoft's C/C++ compiler. Its command lines are understood; its programs are not identified by content yet, so every compile is left to the project's own
/// compiler, with the reason that the command line gives where there is one.
/// </summary>
internal sealed class ClFamily : ICompilerFamily, IDebugFormats
{
    private const string NotIdentified = "the content of cl.exe's programs is not identified yet";

    private readonly ClParser _parser = new(new FileDigests());

    public string Name => "cl";

    public CommandVerdict Parse(CompileCommand command) => Judge(command) switch
    {
        CommandVerdict.Cacheable or CommandVerdict.RunLocally { Makes: not null } or CommandVerdict.RunLocally { Awaits: not null } =>
            new CommandVerdict.RunLocally(Path.GetFileName(command.Compiler), NotIdentified),
        CommandVerdict verdict => verdict,
    };

    public IReadOnlyList<PreprocessPlan> Preprocess(CompileCommand command, CommandVerdict.Cacheable verdict) => [];

    public CompileCommand CompileSource(CompileCommand command, CommandVerdict.Cacheable verdict, string objectPath, string dependencyFile) => command;

    public CompileCommand? TrackDependencies(CompileCommand command, string dependencyFile) => null;

    public CompileCommand? ListInputs(CompileCommand command, string dependencyFile) => null;

    public bool ReportsEveryFile(CompileCommand command) => false;

    public CompileCommand CompileText(
        RemoteJob job, string driver, string input, string output, string workingDirectory, IReadOnlyDictionary<string, string> environment) =>
        throw new NotSupportedException(NotIdentified);

    public bool SaysTheSame(RemoteJob job, IReadOnlyDictionary<string, string> environment) => false;

    public string? Refuse(RemoteJob job) => NotIdentified;

    public string? RefuseText(RemoteJob job, ReadOnlySpan<byte> text) => NotIdentified;

    public string? MayReadFiles(RemoteJob job, ReadOnlySpan<byte> text) => AssemblerLiterals.Find(text);

    public IncludeFolders Includes(CompileCommand command) => new([], [], NotIdentified);

    public IReadOnlyList<string> SystemIncludeQuery(CommandVerdict.Cacheable verdict) => [];

    public IReadOnlyList<string>? ReadSystemIncludes(string printed) => null;

    public string? RefuseFiles(RemoteJob job, IEnumerable<string> files) => NotIdentified;

    public IReadOnlyList<string> ReadDependencies(string dependencyFile) => [];

    public IReadOnlyList<string> ReadLineMarkers(ReadOnlySpan<byte> text) => LineMarkers.Read(text);

    public IReadOnlyList<CompilerDiagnostic> ReadDiagnostics(string printed) => ClDiagnostics.Read(printed);

    public CompileCommand? Embed(CompileCommand command) => ClDebugFormat.Embed(ClCommand.Read(ClDialect.Cl, command));

    /// <summary>What the command line alone means.</summary>
    internal CommandVerdict Judge(CompileCommand command) => _parser.Parse(ClCommand.Read(ClDialect.Cl, command));
}
