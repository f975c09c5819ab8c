using DistBuild.Core.Compilers;
using DistBuild.Core.Processes;

namespace DistBuild.Agent.Execution;

/// <summary>
/// Lets the owner of the machine go first: POSIX <c>nice</c>, which the compiler's children inherit. On Windows, and where there is no <c>nice</c>, the
/// compile runs as the agent does.
/// </summary>
internal sealed class LowPriority : IProcessWrapper
{
    /// <summary>Of 19: below anything a person started, above what only wants leftovers.</summary>
    private const string Niceness = "10";

    private readonly string? _nice = Array.Find(["/usr/bin/nice", "/bin/nice"], File.Exists);

    public ProcessRequest Wrap(ProcessRequest request, Toolchain compiler, PrivateFolder folder) =>
        _nice is null ? request : request with { FileName = _nice, Arguments = ["-n", Niceness, request.FileName, .. request.Arguments] };
}
