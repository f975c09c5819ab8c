using DistBuild.Core.Compilers;
using DistBuild.Core.Processes;

namespace DistBuild.Agent.Execution;

/// <summary>Puts something around a compiler: a lower priority, limits, a sandbox.</summary>
internal interface IProcessWrapper
{
    /// <param name="compiler">What is about to run, with the files it is made of.</param>
    /// <param name="folder">All that the compile may write.</param>
    ProcessRequest Wrap(ProcessRequest request, Toolchain compiler, PrivateFolder folder);
}
