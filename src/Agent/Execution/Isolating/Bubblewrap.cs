using System.Collections.Concurrent;
using System.Text;
using DistBuild.Core.Compilers;
using DistBuild.Core.Hashing;
using DistBuild.Core.Processes;

namespace DistBuild.Agent.Execution.Isolating;

/// <summary>
/// A sandbox out of Linux' namespaces, made by <c>bwrap</c>: the compiler sees its own files, read-only, and its private folder; no network, no other process, no
/// capability. It ends with everything that started in it, and with this agent.
/// </summary>
internal sealed class Bubblewrap(string program) : IProcessWrapper
{
    /// <summary>Bytes of the compile's own /tmp, which is memory; compilers write to the private folder.</summary>
    private const string TemporarySize = "67108864";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly string[] Namespaces =
    [
        "--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try",
        "--die-with-parent", "--new-session", "--cap-drop", "ALL",
    ];

    private readonly ConcurrentDictionary<Digest, IReadOnlyList<string>> _plans = new();

    /// <summary>Null where it works, else why it does not.</summary>
    public async Task<string?> ProbeAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        // The program shows itself: whatever it needs to run is there.
        string[] arguments = [.. Namespaces, "--ro-bind", "/", "/", "--tmpfs", "/tmp", "--remount-ro", "/", "--", program, "--version"];
        try
        {
            ProcessRequest request = new(program, arguments, "/", new Dictionary<string, string>(), OutputLimit: 1 << 16) { EndsWithStarter = true };
            ProcessResult result = await ProcessRunner.RunAsync(request, limit.Token);
            return result.ExitCode == 0 ? null : $"{program} fails: {Encoding.UTF8.GetString(result.Errors).Trim()}";
        }
        catch (Exception e) when (e is ProcessStartException or ProcessOutputException)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{program} does not answer";
        }
    }

    public ProcessRequest Wrap(ProcessRequest request, Toolchain compiler, PrivateFolder folder)
    {
        string inside = folder.InsidePath;
        string[] arguments =
        [
            .. Namespaces,
            "--size", TemporarySize, "--tmpfs", "/tmp",
            .. _plans.GetOrAdd(compiler.Digest, _ => MountPlan.Of(compiler)),
            "--dev-bind", "/dev/null", "/dev/null", "--dev-bind", "/dev/urandom", "/dev/urandom",
            "--bind", folder.FullPath, inside, "--remount-ro", "/", "--chdir", inside,
            "--", request.FileName, .. request.Arguments,
        ];
        return request with { FileName = program, Arguments = arguments, EndsWithStarter = true };
    }
}
