using System.Runtime.InteropServices;

namespace DistBuild.Tasks.Toolsets.Gcc;

/// <summary>What a project says once for all its sources.</summary>
internal sealed record GccToolsetOptions
{
    /// <summary>The project's folder; compilers run in it, and relative paths of the metadata start here.</summary>
    public required string ProjectDirectory { get; init; }

    /// <summary>The checkout's folder: paths below it are written relative to the project.</summary>
    public required string Root { get; init; }

    /// <summary>The C compiler as <c>CC</c> gives it: a name or a path, with or without arguments.</summary>
    public string CCompiler { get; init; } = "gcc";

    /// <summary>The C++ compiler as <c>CXX</c> gives it.</summary>
    public string CxxCompiler { get; init; } = "g++";

    /// <summary><c>Application</c>, <c>StaticLibrary</c>, <c>DynamicLibrary</c>, or what else the project says.</summary>
    public string ConfigurationType { get; init; } = "Application";

    /// <summary>The project's <c>$(IncludePath)</c>.</summary>
    public string IncludePath { get; init; } = "";

    /// <summary>The project's <c>$(ExternalIncludePath)</c>: as <see cref="IncludePath"/>, but warnings inside are not wanted.</summary>
    public string ExternalIncludePath { get; init; } = "";

    /// <summary>Whether the compilers produce x86 code; the instruction sets of Visual Studio's metadata mean nothing elsewhere.</summary>
    public bool TargetsX86 { get; init; } = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86;

    /// <summary>The whole environment of the compilers.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
}
