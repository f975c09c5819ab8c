using DistBuild.Tasks.Toolsets.Gcc;

namespace DistBuild.Tasks.Building;

/// <summary>Linking for Windows with a mingw compiler: its programs find no libraries by a run path, and Windows' own libraries are there.</summary>
internal static class Mingw
{
    /// <summary>By the driver's name: <c>x86_64-w64-mingw32-g++-posix</c>.</summary>
    public static bool Is(CompilerDriver driver) => Path.GetFileName(driver.Program).Contains("-mingw32-");

    /// <summary>The C++ run-time of the compiler is on no Windows machine: it becomes a part of the program.</summary>
    public static IEnumerable<string> Mode(LinkRequest request) =>
        ["-static", .. request.Shared ? (string[])["-shared"] : [], .. request.Settings.IsWindowed ? (string[])["-mwindows"] : []];

    /// <summary>The argument for one of Windows' own libraries; null for Visual C++'s run-time, whose place mingw's takes.</summary>
    public static string? Argument(string library)
    {
        string name = library.EndsWith(".lib", StringComparison.OrdinalIgnoreCase) ? library.Substring(0, library.Length - 4) : library;
        return WindowsLibraries.IsRuntime(name) ? null : "-l" + name.ToLowerInvariant();
    }
}
