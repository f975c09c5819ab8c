using DistBuild.Core.Units;
using Microsoft.Build.Framework;

namespace DistBuild.Tasks.Toolsets;

/// <summary>Turns project items with Visual Studio's metadata into commands of one compiler family.</summary>
internal interface IToolset
{
    /// <summary>The command that compiles one <c>ClCompile</c> item whose metadata is final.</summary>
    ToolsetCommand Compile(ITaskItem source);
}

/// <summary>What a toolset makes of an item.</summary>
/// <param name="Unit">The unit with its command, or null when this toolset has no counterpart for what the item asks.</param>
/// <param name="Reason">Why it is not compiled by us; a <paramref name="Unit"/> that is there all the same is only to be shown.</param>
/// <param name="Notes">What was translated or left out, for one message each per project.</param>
internal sealed record ToolsetCommand(TranslationUnit? Unit, string? Reason, IReadOnlyList<string> Notes)
{
    /// <summary>
    /// The options as one line, as Visual Studio's compile step writes them to <c>CL.command.1.tlog</c>: without the source, paths in upper case. Null where Visual Studio would
    /// not run this compiler: then the command itself is written.
    /// </summary>
    public string? Noted { get; init; }
}
