namespace DistBuild.Tasks.Building;

/// <summary>An error, warning or message with a stable code: what happened, why, and what to do. Codes are never reused; a new warning is a breaking change.</summary>
internal sealed record BuildingDiagnostic(string Code, string Text);

/// <summary>What the portable VC targets and their tasks can tell a person: DB20xx before the build, DB21xx linking, DB22xx commands, DB23xx names of files.</summary>
internal static class BuildingDiagnostics
{
    /// <summary>Errors and warnings whose text stands in targets/vc, because they are raised there.</summary>
    public static readonly IReadOnlyList<string> RaisedByTargets = ["DB2001", "DB2002", "DB2003", "DB2004", "DB2005", "DB2006", "DB2007", "DB2008", "DB2009"];

    public static readonly BuildingDiagnostic CompilerMissing = new("DB2010",
        "The {0} compiler '{1}' cannot be found on PATH, so nothing can be compiled. Install it, or set {2} (a property or an environment variable) to one that exists.");

    public static readonly BuildingDiagnostic ToolFailedToStart = new("DB2101", "{0} Install the tool, or name another with the properties CC, CXX and AR.");

    public static readonly BuildingDiagnostic LinkError = new("DB2102", "{0}");

    public static readonly BuildingDiagnostic ToolFailed = new("DB2103", "'{0}' ended with exit code {1} and left no output: {2}");

    public static readonly BuildingDiagnostic LibraryMissing = new("DB2104",
        "Library '{0}' was not found: no referenced project makes it, it is in none of the library folders ({1}), and the linker does not know it. " +
        "Add a ProjectReference, or its folder to AdditionalLibraryDirectories, or take it out of AdditionalDependencies under a condition on $(OS).");

    public static readonly BuildingDiagnostic LinkWarning = new("DB2105", "{0}");

    public static readonly BuildingDiagnostic SystemLibrariesDropped = new("DB2106", "Libraries of Windows have no counterpart here and are left out: {0}.");

    public static readonly BuildingDiagnostic LinkOptionsLeftOut = new("DB2107", "Options of Microsoft's {0} have no counterpart here and are left out: {1}.");

    public static readonly BuildingDiagnostic OutputIsFolder = new("DB2108",
        "The output '{0}' is the name of a folder, because programs have no extension here. Set TargetExt, TargetName or OutDir so that the two differ.");

    public static readonly BuildingDiagnostic OutputNotWritten = new("DB2109", "'{0}' cannot be written: {1}");

    public static readonly BuildingDiagnostic DefinitionFileLeftOut = new("DB2110", "Module definition file '{0}' is left out: a shared library exports every symbol with default visibility here.");

    public static readonly BuildingDiagnostic NotAnArchive = new("DB2111", "'{0}' cannot be merged into a library: {1}");

    public static readonly BuildingDiagnostic ObjectMissing = new("DB2112", "'{0}' does not exist, so '{1}' cannot be made. Rebuild the project, or take the file out of it.");

    public static readonly BuildingDiagnostic BatchSkipped = new("DB2201",
        "{0} was skipped: it is written for cmd.exe ({1}). Give it a text for sh under Condition=\"'$(OS)' != 'Windows_NT'\", or remove the Command there.");

    public static readonly BuildingDiagnostic CommandFailed = new("DB2202", "{0} failed with exit code {1}.");

    public static readonly BuildingDiagnostic OutputNotMade = new("DB2203",
        "{0} succeeded but did not write '{1}', so it runs again with every build. Correct its Outputs, or let the command write them.");

    public static readonly BuildingDiagnostic InputMissing = new("DB2204", "{0} names '{1}' as an input, which does not exist. Correct its AdditionalInputs.");

    public static readonly BuildingDiagnostic CMakeCommandSkipped = new("DB2205",
        "{0} was skipped, because '{1}' {2}. cmake -E and cmake -P, programs of the build and programs on PATH run here: use these in CMakeLists.txt, or leave the target out on Linux.");

    public static readonly BuildingDiagnostic GenerationOutOfDate = new("DB2206",
        "'{0}' was changed after CMake generated these projects, which only CMake on Windows can do again. They are built as they are; generate them anew to have the change in them.");

    public static readonly BuildingDiagnostic ObjectRenamed = new("DB2301", "{0} would overwrite '{2}', the object of {1}; it goes to '{3}' instead.");

    public static readonly BuildingDiagnostic CaseCorrected = new("DB2302", "'{0}' is spelled '{1}' on disk.");
}
