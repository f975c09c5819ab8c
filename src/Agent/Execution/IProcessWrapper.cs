using DistBuild.Core.Processes;

namespace DistBuild.Agent.Execution;

/// <summary>Puts something around a compiler: a lower priority, a sandbox.</summary>
internal interface IProcessWrapper
{
    /// <param name="folder">The private folder: all that the compile may write.</param>
    ProcessRequest Wrap(ProcessRequest request, string folder);
}
