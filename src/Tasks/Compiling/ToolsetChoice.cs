using DistBuild.Tasks.Toolsets;
using DistBuild.Tasks.Toolsets.Gcc;
using DistBuild.Tasks.Toolsets.Msvc;

namespace DistBuild.Tasks.Compiling;

/// <summary>The toolsets by the name that <c>DistBuildToolset</c> has for them.</summary>
/// <param name="IsLikeCl">Whether its command lines are of cl's kind: then the project's own compile step gets what cannot be cached, and precompiled headers are made first.</param>
internal sealed record ToolsetChoice(IToolset Toolset, bool IsLikeCl)
{
    /// <summary>Null for a toolset that is not served.</summary>
    public static ToolsetChoice? ByName(string name, CompileUnits task) => name.ToLowerInvariant() switch
    {
        "gcc" => new ToolsetChoice(new GccToolset(TaskOptions.ForGcc(task)), IsLikeCl: false),
        "cl" => new ToolsetChoice(new ClToolset(ClSetup.OptionsOf(task)), IsLikeCl: true),
        _ => null,
    };
}
