using DistBuild.Core.Units;
using DistBuild.Tasks.Toolsets.Gcc;

namespace DistBuild.Tasks.Toolsets.Msvc;

/// <summary>Makes of Visual Studio's line a command that clang-cl runs on this system: paths that exist here, and nothing it has no use for.</summary>
internal sealed class ClangClCommand
{
    // One path each, joined or as the next argument.
    private static readonly string[] PathSwitches = ["/external:I", "/imsvc", "/FI", "/Fp", "/Yc", "/Yu", "/I"];

    private readonly ClToolsetOptions _options;
    private readonly ProjectPaths _paths;
    private readonly CompilerDriver _driver;
    private readonly bool _forMingw;

    public ClangClCommand(ClToolsetOptions options, ProjectPaths paths)
    {
        _options = options;
        _paths = paths;
        _driver = ClangClDriver.Parse(options.Compiler, paths.ProjectDirectory, options.Environment);
        _forMingw = _driver.Arguments.Any(argument => argument.Contains("windows-gnu"));
    }

    /// <param name="source">Full path.</param>
    /// <param name="objectFile">Full path.</param>
    /// <param name="notes">Gets what was left out and may be missed.</param>
    public CompileCommand Of(ClLine line, string source, string objectFile, List<string> notes)
    {
        List<string> arguments = [.. _driver.Arguments];
        foreach (ClWord word in line.Words)
        {
            arguments.AddRange(Translate(word, notes));
        }

        arguments.AddRange(Folders(_options.IncludePath).Select(folder => "/I" + folder));
        arguments.AddRange(Folders(_options.ExternalIncludePath).Select(folder => "/external:I" + folder));
        if (_forMingw)
        {
            // Its run-time has no cookie to check, and its linker does not read the names of libraries that are in objects.
            arguments.AddRange(["/GS-", "/Zl"]);
        }

        // cl has switches that clang-cl accepts and has no use for.
        arguments.AddRange(["-Wno-unused-command-line-argument", "/Fo" + _paths.Write(objectFile), "--", _paths.Write(source)]);
        return new CompileCommand(_driver.Program, arguments, _paths.ProjectDirectory, _options.Environment);
    }

    private IEnumerable<string> Translate(ClWord word, List<string> notes)
    {
        switch (word.Metadata)
        {
            case ClRule.ObjectFile:
            case ClRule.ProgramDataBaseFileName:
            case ClRule.UseFullPaths:
                // The log gets full paths anyway, and what is printed must not depend on where the checkout lies.
            case ClRule.SupportJustMyCode when _forMingw:
                // mingw's run-time has none of what Visual C++'s debugger asks for.
            case ClRule.ExternalWarningLevel when _forMingw:
                // To clang-cl this is every system header, and mingw's are full of what it would warn of.
                return [];
            case ClRule.DebugInformationFormat when word.Switch == "/ZI":
                // Edit and continue is Visual C++'s own.
                return ["/Zi"];
            case ClRule.LanguageStandard or ClRule.LanguageStandardOfC:
                return word.Arguments.Select(Standard);
            case ClRule.AdditionalIncludeDirectories when ProjectPaths.IsForeign(word.Value):
                notes.Add($"Include folder '{word.Value}' is on a Windows machine and was left out. Name its place on this machine under a condition on $(OS).");
                return [];
            case ClRule.AdditionalIncludeDirectories:
            case ClRule.PrecompiledHeaderOutputFile:
                return [word.Switch + OnDisk(word.Value)];
            case ClRule.ForcedIncludeFiles:
            case ClRule.PrecompiledHeader:
                // As it is spelled: the two are compared with each other, and with what sources include.
                return [word.Switch + Rooted(word.Value)];
            case ClRule.AdditionalOptions:
                return Own(word.Arguments);
            default:
                return word.IsPath ? word.Arguments.Select(ClPaths.Slashes) : word.Arguments;
        }
    }

    private IEnumerable<string> Own(IReadOnlyList<string> options)
    {
        bool isPath = false;
        foreach (string option in options)
        {
            string? name = Array.Find(PathSwitches, path => option.StartsWith(path, StringComparison.Ordinal) || option.StartsWith("-" + path.Substring(1), StringComparison.Ordinal));
            yield return isPath ? Rooted(option)
                : name is not null && option.Length > name.Length ? option.Substring(0, name.Length) + Rooted(option.Substring(name.Length))
                : option.StartsWith("@", StringComparison.Ordinal) ? ClPaths.Slashes(option)
                : Standard(option);
            isPath = !isPath && name is not null && option.Length == name.Length;
        }
    }

    /// <summary>clang-cl hears <c>/std:</c> only where its target is Visual C++'s own; elsewhere it would compile in its default standard without a word.</summary>
    private string Standard(string option) =>
        !_forMingw || option.IndexOf("std:", StringComparison.Ordinal) != 1 ? option : "/clang:-std=" + option.Substring(5) switch
        {
            "c++latest" or "c++23preview" => "c++2b",
            "clatest" => "c2x",
            string standard => standard,
        };

    private IEnumerable<string> Folders(string list) => ItemLists.Split(list).Where(folder => !ProjectPaths.IsForeign(folder)).Select(OnDisk);

    private string OnDisk(string path) => _paths.Write(_paths.FullOnDisk(path));

    private string Rooted(string path) => Path.IsPathRooted(ClPaths.Slashes(path)) ? OnDisk(path) : ClPaths.Slashes(path);
}
