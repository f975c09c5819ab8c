using System.Globalization;
using DistBuild.Core.Compilers;
using DistBuild.Core.Processes;

namespace DistBuild.Agent.Execution.Isolating;

/// <summary>
/// What the system itself enforces on each process of a compile, by <c>prlimit</c> (util-linux): processor time, address space, size of a file. What a compile uses
/// as a whole is <see cref="UsageWatch"/>'s.
/// </summary>
internal sealed class ResourceLimits(string program, ExecutionLimits limits) : IProcessWrapper
{
    /// <summary>Bytes of address space beyond the memory a compile may use: a compiler's own program and libraries, mapped and hardly touched.</summary>
    private const long MappedFiles = 1L << 30;

    /// <summary>Seconds from the signal that a compiler reports to the one that it cannot.</summary>
    private const long Grace = 5;

    private readonly string[] _arguments =
    [
        string.Create(CultureInfo.InvariantCulture, $"--cpu={Seconds(limits)}:{Seconds(limits) + Grace}"),
        string.Create(CultureInfo.InvariantCulture, $"--as={limits.Memory + MappedFiles}"),
        string.Create(CultureInfo.InvariantCulture, $"--fsize={limits.Object}"),
        "--core=0",
    ];

    public ProcessRequest Wrap(ProcessRequest request, Toolchain compiler, PrivateFolder folder) =>
        request with { FileName = program, Arguments = [.. _arguments, "--", request.FileName, .. request.Arguments] };

    private static long Seconds(ExecutionLimits limits) => Math.Max(1, (long)Math.Ceiling(limits.Processor.TotalSeconds));
}
