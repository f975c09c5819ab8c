using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers;

/// <summary>A family whose compilers have no folders of headers but those that the environment names, so that none of them need be asked.</summary>
internal interface ISystemFolders
{
    /// <summary>In search order, as the environment spells them.</summary>
    IReadOnlyList<string> SystemFolders(CompileCommand command);
}
