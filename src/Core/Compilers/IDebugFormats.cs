using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers;

/// <summary>A family whose debug information can go into a file that several objects share, so that no object can be served on its own.</summary>
public interface IDebugFormats
{
    /// <summary>The command with its debug information in the object instead of a <see cref="DebugStorage.Database"/>; null where it does not go into one.</summary>
    CompileCommand? Embed(CompileCommand command);
}
