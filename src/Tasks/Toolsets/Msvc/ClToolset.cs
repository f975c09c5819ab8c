using DistBuild.Core.Processes;
using DistBuild.Core.Units;
using DistBuild.Tasks.Toolsets.Gcc;
using Microsoft.Build.Framework;

namespace DistBuild.Tasks.Toolsets.Msvc;

/// <summary>
/// Writes for each item the line Visual Studio would run, to show and to run with its own cl.exe, or makes of it the command of the clang-cl that is here. One instance serves one
/// project and configuration.
/// </summary>
internal sealed class ClToolset : IToolset
{
    /// <summary>The program of Visual Studio's clang toolset.</summary>
    public const string ClangCl = "clang-cl.exe";

    // It is none of PATH's, and what Visual Studio adds to its line is not known.
    private const string NotNamed = "Visual Studio's own clang-cl compiles it; DistBuildClangCl can name the one to use, with all arguments it always gets";

    // CreateProcess takes 32,767 characters; a word of ours comes on top.
    private const int LongestLine = 32_000;

    private readonly ClToolsetOptions _options;
    private readonly ProjectPaths _paths;
    private readonly ClangClCommand? _clang;

    private bool IsClang => _options.ShownProgram == ClangCl;

    public ClToolset(ClToolsetOptions options)
    {
        _options = options;
        _paths = new ProjectPaths(options.ProjectDirectory, options.Root);
        _clang = options.Compiler.Length == 0 ? null : new ClangClCommand(options, _paths);
    }

    public ToolsetCommand Compile(ITaskItem source)
    {
        try
        {
            return Make(source);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or PathTooLongException)
        {
            return new ToolsetCommand(Unit: null, $"a path among its settings is none: {e.Message}", Notes: []);
        }
    }

    /// <summary>The words behind the program, with the source at their end.</summary>
    internal static IReadOnlyList<ClWord> Words(ClLine line, string source)
    {
        string spelled = ClPaths.Backslashes(source);
        return [.. line.Words, new ClWord("", "", spelled, ClQuoting.Item(spelled), IsPath: true)];
    }

    private ToolsetCommand Make(ITaskItem source)
    {
        ClSettings settings = new(source);
        ClLine line = ClLine.Of(settings, _options.VisualStudio, recorded: true);
        line = IsClang ? ClangClLine.Of(line, _options.VisualStudio) : line;
        ClLine recorded = IsClang ? line with { Words = ClangClLine.WithTarget(line.Words, _options.Platform) } : line;
        string file = _paths.FullOnDisk(source.ItemSpec);
        string objectFile = ObjectFile.For(settings[ClRule.ObjectFile], source.ItemSpec, _paths);
        ShownCommand shown = Show(Words(recorded, source.ItemSpec));
        if (_clang is null)
        {
            CompileCommand foreign = new(IsClang ? _options.ShownProgram : _options.Program, [.. shown.Arguments.Skip(1)], _paths.ProjectDirectory, _options.Environment);
            TranslationUnit theirs = new(source.ItemSpec, file, objectFile, foreign) { Shown = shown };
            return new ToolsetCommand(theirs, line.Problem ?? (IsClang ? NotNamed : Refuse(foreign)), Notes: []) { Noted = Note(recorded) };
        }

        List<string> notes = [];
        CompileCommand command = _clang.Of(line, file, objectFile, notes);
        TranslationUnit unit = new(source.ItemSpec, file, objectFile, command) { Shown = shown };
        return new ToolsetCommand(unit, line.Problem ?? ClangClLimits.Refuse(settings, file), notes) { Noted = Note(recorded) };
    }

    // Visual Studio hands its lines over in response files.
    private static string? Refuse(CompileCommand command) => CommandLine.Join(command.Arguments.Prepend(command.Compiler)).Length <= LongestLine ? null
        : "its command line is longer than Windows starts a program with";

    /// <summary>As <c>CL.command.1.tlog</c> has it.</summary>
    private static string Note(ClLine line) => string.Join(" ", line.Words.Select(word => word.IsPath ? word.Switch + word.Quoted.ToUpperInvariant() : word.Text));

    private ShownCommand Show(IReadOnlyList<ClWord> words)
    {
        IEnumerable<string> arguments = words.SelectMany(word => word.IsPath ? word.Arguments.Select(ClPaths.Slashes) : word.Arguments);
        return new ShownCommand(string.Join(" ", words.Select(word => word.Text).Prepend(_options.ShownProgram)), [_options.ShownProgram, .. arguments]);
    }
}
