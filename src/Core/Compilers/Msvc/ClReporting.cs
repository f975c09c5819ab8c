namespace DistBuild.Core.Compilers.Msvc;

/// <summary>How a cl.exe is made to say which files it reads.</summary>
/// <param name="ToFile">
/// By <c>/sourceDependencies</c>, which version 19.27 (Visual Studio 2019 16.7) brought: a file in JSON, in no language and no code page. Otherwise by <c>/showIncludes</c>.
/// </param>
/// <param name="Notes">What stands before each name that <c>/showIncludes</c> prints, as <see cref="ClIncludeNotes"/> learned it.</param>
internal sealed record ClReporting(bool ToFile, string Notes)
{
    public const string FileSwitch = "/sourceDependencies", NotesSwitch = "/showIncludes";

    private static readonly Version First = new(19, 27);

    public static bool ReportsToFile(string number) => Version.TryParse(number, out Version? version) && version >= First;

    /// <summary>The arguments that make it report; to be added to a command without <c>/sourceDependencies</c>.</summary>
    public IEnumerable<string> Arguments(string file) => ToFile ? [FileSwitch, file] : [NotesSwitch];
}
