using DistBuild.Core.Compilers;
using DistBuild.Core.Processes;

namespace DistBuild.Agent.Execution.Isolating;

/// <summary>What stands between a compile and this machine. Found out once, by trying it.</summary>
/// <param name="IsSandbox">Whether the compile sees nothing of this machine but its compiler.</param>
/// <param name="Description">For people: what is in force.</param>
/// <param name="Advice">How to get more; null when there is no more.</param>
/// <param name="Wrappers">The innermost first.</param>
internal sealed record Isolation(bool IsSandbox, string Description, string? Advice, IReadOnlyList<IProcessWrapper> Wrappers) : IProcessWrapper
{
    public ProcessRequest Wrap(ProcessRequest request, Toolchain compiler, PrivateFolder folder) =>
        Wrappers.Aggregate(request, (inner, wrapper) => wrapper.Wrap(inner, compiler, folder));

    /// <param name="find">The full path of a program, or null.</param>
    /// <param name="isDedicated">There is nobody on this machine to give way to.</param>
    public static async Task<Isolation> DetectAsync(ExecutionLimits limits, Func<string, string?> find, bool isDedicated, CancellationToken cancellationToken)
    {
        List<IProcessWrapper> wrappers = [];
        if (OperatingSystem.IsWindows())
        {
            return new Isolation(false, "no sandbox on Windows: compiles run as the agent's account", "Run the agent under an account of its own.", wrappers);
        }

        string? bwrap = OperatingSystem.IsLinux() ? find("bwrap") : null;
        string? problem = bwrap is null ? "bubblewrap (bwrap) is not installed" : await new Bubblewrap(bwrap).ProbeAsync(cancellationToken);
        if (problem is null)
        {
            wrappers.Add(new Bubblewrap(bwrap!));
        }

        string missing = "";
        if (find("prlimit") is { } prlimit)
        {
            wrappers.Add(new ResourceLimits(prlimit, limits));
        }
        else
        {
            missing = "; no limits by the system: prlimit (util-linux) is not installed";
        }

        if (!isDedicated)
        {
            wrappers.Add(new LowPriority());
        }

        return problem is null
            ? new Isolation(true, $"bubblewrap: compiles see their compiler and nothing else of this machine, and no network{missing}", null, wrappers)
            : new Isolation(false, $"no sandbox: {problem}{missing}", AdviceFor(bwrap), wrappers);
    }

    private static string AdviceFor(string? bwrap) => bwrap is null
        ? "Install it (on Debian: apt-get install bubblewrap) and start the agent again; without it, run the agent under an account of its own."
        : "Let this account make user namespaces (sysctl kernel.unprivileged_userns_clone, user.max_user_namespaces, kernel.apparmor_restrict_unprivileged_userns), "
            + "or run the agent under an account of its own.";
}
