namespace DistBuild.Tasks.Toolsets.Msvc;

/// <summary>What a project says once for all its sources.</summary>
internal sealed record ClToolsetOptions
{
    /// <summary>The project's folder; compilers run in it, and relative paths of the metadata start here.</summary>
    public required string ProjectDirectory { get; init; }

    /// <summary>The checkout's folder: paths below it are given to the compiler relative to the project.</summary>
    public required string Root { get; init; }

    /// <summary>The major version of the Visual Studio whose line is written.</summary>
    public int VisualStudio { get; init; } = ClRule.VisualStudio2022;

    /// <summary>The program Visual Studio would run: <c>cl.exe</c> or <c>clang-cl.exe</c>.</summary>
    public string ShownProgram { get; init; } = "cl.exe";

    /// <summary>The cl.exe that runs: a full path, or a name to be found on PATH, as the project's <c>CLToolPath</c> and <c>CLToolExe</c> say.</summary>
    public string Program { get; init; } = "cl.exe";

    /// <summary>The project's platform, which Visual Studio's clang is told.</summary>
    public string Platform { get; init; } = "";

    /// <summary>The clang-cl that compiles here, with the arguments it always gets, as <c>CC</c> would give them; empty when nothing is compiled here.</summary>
    public string Compiler { get; init; } = "";

    /// <summary>The project's <c>$(IncludePath)</c>, which Visual Studio hands over in the environment.</summary>
    public string IncludePath { get; init; } = "";

    /// <summary>The project's <c>$(ExternalIncludePath)</c>, likewise.</summary>
    public string ExternalIncludePath { get; init; } = "";

    /// <summary>The whole environment of the compilers.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
}
