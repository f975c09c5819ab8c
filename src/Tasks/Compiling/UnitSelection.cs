using DistBuild.Core.Compilers;
using DistBuild.Core.Units;
using DistBuild.Tasks.Toolsets;
using Microsoft.Build.Framework;

namespace DistBuild.Tasks.Compiling;

/// <summary>Which items are compiled here, and which stay with the project's own compile step, each with its reason.</summary>
internal sealed class UnitSelection
{
    private readonly SelectionRules _rules;
    private readonly Dictionary<string, ICompilerFamily?> _families = [];
    private readonly Dictionary<string, string?> _missing = [];
    private readonly HashSet<string> _notes = [];
    private List<SelectedUnit> _taken = [];

    private UnitSelection(SelectionRules rules) => _rules = rules;

    /// <summary>In the order of the items.</summary>
    public IReadOnlyList<SelectedUnit> Taken => _taken;

    public List<LeftUnit> Left { get; } = [];

    /// <summary>What was translated or left out, one message each.</summary>
    public IReadOnlyCollection<string> Notes => _notes;

    public static UnitSelection Of(IReadOnlyList<ITaskItem> sources, IToolset toolset, ProjectPaths paths, SelectionRules rules)
    {
        UnitSelection selection = new(rules);
        string? module = rules.LeavesModules ? CppModules.Find(sources) : null;
        foreach (ITaskItem source in sources)
        {
            ToolsetCommand command = toolset.Compile(source);
            selection._notes.UnionWith(command.Notes);
            if (command.Unit is not { } unit || command.Reason is not null)
            {
                selection.Left.Add(new LeftUnit(source, command.Unit ?? LeftUnit.Unknown(source), command.Reason ?? ""));
            }
            else if (rules.LeavesUnitySources && UnitySources.IsOne(source))
            {
                selection.Left.Add(new LeftUnit(source, unit, "it is compiled as a part of a unity file"));
            }
            else if (module is not null && CppModules.IsCpp(source))
            {
                selection.Left.Add(new LeftUnit(source, unit, $"C++ modules ({module}), and whatever may import them, are compiled in an order of their own"));
            }
            else
            {
                selection.Judge(source, unit, command.Noted);
            }
        }

        selection.LeaveTogether(paths);
        return selection;
    }

    /// <summary>Judges what waited for a precompiled header, now that those that are made here are there; what is not to be cached even so is left.</summary>
    public void JudgeUsers()
    {
        SelectedUnit[] taken = [.. _taken];
        _taken = [];
        foreach (SelectedUnit unit in taken)
        {
            bool waited = unit.Verdict is CommandVerdict.RunLocally { Awaits: not null };
            Keep(waited ? unit with { Verdict = Family(unit.Unit)?.Parse(unit.Unit.Command) } : unit, mayWait: false);
        }
    }

    private void Judge(ITaskItem source, TranslationUnit unit, string? noted)
    {
        if (!_rules.Judges)
        {
            _taken.Add(new SelectedUnit(source, unit, null) { Noted = noted });
            return;
        }

        ICompilerFamily? family = Family(unit);
        CompileCommand? embedded = _rules.EmbedsDebugInformation ? (family as IDebugFormats)?.Embed(unit.Command) : null;
        CompileCommand command = embedded ?? unit.Command;
        CommandVerdict? verdict = family?.Parse(command);
        string? makes = (verdict as CommandVerdict.RunLocally)?.Makes;
        string? header = makes ?? verdict switch
        {
            CommandVerdict.Cacheable { OtherInputs.Count: > 0 } user => user.OtherInputs[0],
            CommandVerdict.RunLocally waiting => waiting.Awaits,
            _ => null,
        };
        SelectedUnit selected = new(source, unit with { Command = command, OtherOutputs = makes is null ? [] : [command.FullPath(makes)] }, verdict)
        {
            Noted = embedded is null ? noted : null,
            PrecompiledHeader = header is null ? null : command.FullPath(header),
            MakesPrecompiledHeader = makes is not null,
            Original = embedded is null ? null : unit,
        };
        Keep(selected, mayWait: true);
    }

    private void Keep(SelectedUnit unit, bool mayWait)
    {
        string? refusal = !_rules.LeavesRefused ? null : unit.Verdict switch
        {
            CommandVerdict.Cacheable or CommandVerdict.RunLocally { Makes: not null } => WhyMissing(unit.Unit.Command),
            CommandVerdict.RunLocally { Awaits: not null } when mayWait => null,
            CommandVerdict.RunLocally local => $"{local.Argument}: {local.Why}",
            null => $"{unit.Unit.Command.Compiler} is no compiler that is known here",
            _ => "its command does not compile one source to one object",
        };
        if (refusal is null)
        {
            _taken.Add(unit);
        }
        else
        {
            Left.Add(new LeftUnit(unit.Item, unit.Original ?? unit.Unit, refusal, (unit.Verdict as CommandVerdict.RunLocally)?.Debug ?? DebugStorage.Object));
        }
    }

    /// <summary>Until nothing more belongs to something that is left.</summary>
    private void LeaveTogether(ProjectPaths paths)
    {
        int before;
        do
        {
            before = Left.Count;
            LeftTogether together = new(_taken, Left, paths);
            SelectedUnit[] taken = [.. _taken];
            _taken = [];
            foreach (SelectedUnit unit in taken)
            {
                if (_rules.LeavesAnything && together.Why(unit) is { } why)
                {
                    Left.Add(new LeftUnit(unit.Item, unit.Original ?? unit.Unit, why));
                }
                else
                {
                    _taken.Add(unit);
                }
            }
        }
        while (Left.Count > before);
    }

    /// <summary>A compiler of Visual Studio's that is not where its own compile step would find it: that step may know better.</summary>
    private string? WhyMissing(CompileCommand command)
    {
        if (!_missing.TryGetValue(command.Compiler, out string? why))
        {
            bool isVisualStudios = CompilerFamilies.ForDriver(command.Compiler) is ICompileReports;
            why = !isVisualStudios || DriverFinder.Find(command.Compiler, command.WorkingDirectory, command.Environment) is not null
                ? null
                : $"{Path.GetFileName(command.Compiler)} is not found on the PATH of this build";
            _missing[command.Compiler] = why;
        }

        return why;
    }

    private ICompilerFamily? Family(TranslationUnit unit)
    {
        if (!_families.TryGetValue(unit.Command.Compiler, out ICompilerFamily? family))
        {
            _families[unit.Command.Compiler] = family = CompilerFamilies.ForDriver(unit.Command.Compiler);
        }

        return family;
    }
}

/// <summary>What a selection goes by.</summary>
/// <param name="Judges">Whether commands of this toolset are judged before they are compiled: they may make precompiled headers, and what cannot be cached may be left.</param>
/// <param name="LeavesAnything">Whether there is a compile step of the project's own that compiles what is left.</param>
/// <param name="EmbedsDebugInformation">Whether debug information goes into objects instead of a database.</param>
/// <param name="HasUnityFiles">Whether the project's own compile step makes unity files.</param>
internal sealed record SelectionRules(bool Judges, bool LeavesAnything, bool EmbedsDebugInformation, bool HasUnityFiles = false)
{
    /// <summary>Whether what cannot be cached is left; otherwise it is compiled here like anything else.</summary>
    public bool LeavesRefused => Judges && LeavesAnything;

    public bool LeavesModules => LeavesAnything;

    public bool LeavesUnitySources => LeavesAnything && HasUnityFiles;
}
