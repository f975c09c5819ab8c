using System.Collections.Concurrent;
using DistBuild.Core.Compilers.Gcc;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>
/// Microsoft's C/C++ compiler. Its objects always have their own full name and their source's, so results are shared between places of equal path only, and agents, whose
/// folders are others, have and give results but make none.
/// </summary>
/// <param name="reporting">How the compiler that was found says what it reads; null while none was.</param>
internal sealed class ClFamily(ClReporting? reporting = null) : ICompilerFamily, IDebugFormats, ICompileReports, ISystemFolders, ITypeImports
{
    private const string NotSent = "an object of cl.exe has its own full name and its source's, which only a compile here gives it";

    private static readonly ConcurrentDictionary<ClReporting, ClFamily> Reporting = new();

    private readonly ClParser _parser = new(new FileDigests());

    public string Name => "cl";

    /// <summary>The family of compilers that report so; one object for equal ways.</summary>
    public static ClFamily That(ClReporting reporting) => Reporting.GetOrAdd(reporting, static reporting => new ClFamily(reporting));

    public CommandVerdict Parse(CompileCommand command) => _parser.Parse(Read(command));

    // Never sent: the arguments only make the key.
    public IReadOnlyList<PreprocessPlan> Preprocess(CompileCommand command, CommandVerdict.Cacheable verdict)
    {
        ClCommand parsed = Read(command);
        string[] arguments =
        [
            .. verdict.KeyArguments, .. ClParser.PlaceOf(parsed, verdict.Object), "directory " + RecordedDirectory.Of(command),
            .. verdict.PreprocessorArguments.Where(argument => argument.StartsWith(ClParser.PrecompiledContent, StringComparison.Ordinal)),
        ];
        return [new(parsed.Print(["/nologo", "/E"]), new RemoteJob(Name, SourceLanguage.Expanded(verdict.Language), arguments)) { Expanded = true }];
    }

    public CompileCommand CompileSource(CompileCommand command, CommandVerdict.Cacheable verdict, string objectPath, string dependencyFile)
    {
        ClCommand parsed = Read(command);
        bool isItsPlace = FilePathComparer.Instance.Equals(command.FullPath(verdict.Object), objectPath);
        return parsed.With(argument => IsKept(argument) && (isItsPlace || argument.Role != ClRole.Object), [.. isItsPlace ? (string[])[] : ["/Fo" + objectPath], .. Report(parsed, dependencyFile)]);
    }

    public CompileCommand? TrackDependencies(CompileCommand command, string dependencyFile)
    {
        ClCommand parsed = Read(command);
        return parsed.IsOneCompile && reporting is not null ? parsed.With(IsKept, Report(parsed, dependencyFile))
            : ClEnvironment.Value(command.Environment, ClEnvironment.UnicodeOutput).Length > 0 ? command with { Environment = parsed.Whole.Environment }
            : null;
    }

    public CompileCommand? ListInputs(CompileCommand command, string dependencyFile) => null;

    public bool ReportsEveryFile(CompileCommand command) => reporting is not null;

    public CompileReport ReadReport(CompileCommand command, string? report, byte[] output)
    {
        ClCommand parsed = Read(command);
        if (reporting is null || parsed.Last(argument => argument.Role == ClRole.Source) is not { } source)
        {
            return new CompileReport(null, output);
        }

        IReadOnlyList<string>? files = report is null ? null : ClSourceDependencies.Read(report);
        if (!reporting.ToFile)
        {
            (List<byte[]> named, byte[] rest) = ClIncludeNotes.Read(output, reporting.Notes);
            files = [.. named.Select(name => PrintedText.Decode(name))];
            output = parsed.Has(ClRole.Notes) ? output : rest;
        }

        ClSpelling spelling = new(parsed.Whole, [.. ClIncludeFolders.Named(parsed), .. SystemFolders(command)]);
        string spelled = ClSpelling.Slashes(source.Value);
        return new CompileReport(files is null ? null : [.. files.Select(spelling.Of).Prepend(spelled).Distinct(StringComparer.Ordinal)], output);
    }

    public CompileCommand CompileText(
        RemoteJob job, string driver, string input, string output, string workingDirectory, IReadOnlyDictionary<string, string> environment) =>
        throw new NotSupportedException(NotSent);

    public bool SaysTheSame(RemoteJob job, IReadOnlyDictionary<string, string> environment) => false;

    public string? Refuse(RemoteJob job) => NotSent;

    public string? RefuseText(RemoteJob job, ReadOnlySpan<byte> text) => null;

    public string? MayReadFiles(RemoteJob job, ReadOnlySpan<byte> text) => NotSent;

    public IncludeFolders Includes(CompileCommand command) => ClIncludeFolders.Of(Read(command));

    public IReadOnlyList<string> SystemFolders(CompileCommand command) => ClIncludeFolders.OfEnvironment(command);

    public IReadOnlyList<string> SystemIncludeQuery(CommandVerdict.Cacheable verdict) => [];

    public IReadOnlyList<string>? ReadSystemIncludes(string printed) => null;

    public string? RefuseFiles(RemoteJob job, IEnumerable<string> files) => files.Select(TypeImports.FindIn).FirstOrDefault(why => why is not null);

    public IReadOnlyList<string> ReadDependencies(string dependencyFile) => ClSourceDependencies.Read(dependencyFile) ?? [];

    public IReadOnlyList<string> ReadLineMarkers(ReadOnlySpan<byte> text) => LineMarkers.Read(text);

    public IReadOnlyList<CompilerDiagnostic> ReadDiagnostics(string printed) => ClDiagnostics.Read(printed);

    public CompileCommand? Embed(CompileCommand command) => ClDebugFormat.Embed(Read(command));

    private static ClCommand Read(CompileCommand command) => ClCommand.Read(ClDialect.Cl, command);

    // cl would say that /showIncludes makes it ignore /MP, which means nothing to one source.
    private bool IsKept(ClArgument argument) => argument.Name != "/MP" || reporting is not { ToFile: false };

    private IEnumerable<string> Report(ClCommand parsed, string file) =>
        reporting is null || (!reporting.ToFile && parsed.Last(ClReporting.NotesSwitch) is not null) ? [] : reporting.Arguments(file);
}
