using DistBuild.Core.Units;
using Microsoft.Build.Framework;

namespace DistBuild.Tasks.Compiling;

/// <summary>An item with the command that compiles it.</summary>
/// <param name="Verdict">Null where nobody asked: then it is compiled here whatever it is.</param>
internal sealed record SelectedUnit(ITaskItem Item, TranslationUnit Unit, CommandVerdict? Verdict)
{
    /// <summary>Its options in one line, as the project's own compile step would note them; null where the toolset does not know.</summary>
    public string? Noted { get; init; }

    /// <summary>Full path of the precompiled header it makes or uses; null when it does neither.</summary>
    public string? PrecompiledHeader { get; init; }

    public bool MakesPrecompiledHeader { get; init; }

    /// <summary>The unit as the project has it, where its debug information goes elsewhere here; else null.</summary>
    public TranslationUnit? Original { get; init; }
}

/// <summary>An item that the project's own compile step keeps.</summary>
/// <param name="Unit">With an empty command where there is none.</param>
/// <param name="Reason">A phrase.</param>
/// <param name="Debug">Where its debug information goes, if that is the reason.</param>
internal sealed record LeftUnit(ITaskItem Item, TranslationUnit Unit, string Reason, DebugStorage Debug = DebugStorage.Object)
{
    /// <summary>What is known of an item that no command can be made for.</summary>
    public static TranslationUnit Unknown(ITaskItem item) =>
        new(item.ItemSpec, item.GetMetadata("FullPath"), "", new CompileCommand("", [], "", new Dictionary<string, string>()));

    public bool HasCommand => Unit.Command.Compiler.Length > 0;

    /// <summary>For the report.</summary>
    public UnitResult Result => new(Unit, UnitOutcome.LeftToProject, null, null, Reason, TimeSpan.Zero, 0, "", "");
}
