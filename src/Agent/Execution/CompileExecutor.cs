using System.Globalization;
using System.Text;
using DistBuild.Agent.Execution.Isolating;
using DistBuild.Agent.Requests;
using DistBuild.Core.Client;
using DistBuild.Core.Compilers;
using DistBuild.Core.Hashing;
using DistBuild.Core.Processes;
using DistBuild.Core.Units;
using Microsoft.Extensions.Logging;

namespace DistBuild.Agent.Execution;

/// <summary>
/// Runs one compiler over one preprocessed text in a folder of its own, and sees to it that nothing of this machine shows in the result: the text has a
/// neutral name, and a result in which the folder's path appears is not given away.
/// </summary>
internal sealed class CompileExecutor(
    IReadOnlyList<Toolchain> toolchains,
    WorkFolder work,
    ExecutionLimits limits,
    Isolation isolation,
    Func<string, string?> environment,
    ILogger<CompileExecutor> log)
    : ICompileService
{
    // The name of the input ends as ICompilerFamily.CompileText asks for.
    private const string Input = "unit.i", Output = "unit.o";

    /// <summary>A shell and the runtime report a process that a signal ended as this plus the signal's number.</summary>
    private const int SignalBase = 128;

    private volatile IReadOnlyList<Toolchain> _toolchains = toolchains;

    public IReadOnlyList<Toolchain> Toolchains => _toolchains;

    public void Withdraw(Toolchain toolchain)
    {
        lock (work)
        {
            _toolchains = [.. _toolchains.Where(other => other.Digest != toolchain.Digest)];
        }
    }

    public async Task<RemoteCompileResult> CompileAsync(Digest toolchain, RemoteJob job, ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Toolchain? compiler = Toolchains.FirstOrDefault(candidate => candidate.Digest == toolchain && candidate.Family.Name == job.Family);
        if (compiler is null)
        {
            return Declined("this agent does not have that compiler");
        }

        // The server asked already; whoever calls this without asking gets the same answer.
        if ((compiler.Family.Refuse(job) ?? compiler.Family.RefuseText(job, text.Span)) is { } refused)
        {
            return Declined(refused);
        }

        if (!isolation.IsSandbox && compiler.Family.MayReadFiles(job, text.Span) is { } mayRead)
        {
            return Declined("the text is refused, as this agent has no sandbox: " + mayRead);
        }

        long started = TimeProvider.System.GetTimestamp();
        RemoteCompileResult result = await CompileAsync(compiler, job, text, cancellationToken).ConfigureAwait(false);
        string outcome = result.Result is not null ? "compiled"
            : result.ExitCode is { } code ? $"exit code {code.ToString(CultureInfo.InvariantCulture)}"
            : result.Errors;
        ExecutionLog.Compiled(log, compiler.Name, job.Language, text.Length, (long)TimeProvider.System.GetElapsedTime(started).TotalMilliseconds, outcome);
        return result;
    }

    private async Task<RemoteCompileResult> CompileAsync(Toolchain compiler, RemoteJob job, ReadOnlyMemory<byte> text, CancellationToken cancellationToken)
    {
        PrivateFolder? folder = null;
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using UsageWatch watch = new(limits, deadline);
        deadline.CancelAfter(limits.Time);
        try
        {
            folder = work.CreatePrivateFolder();
            await File.WriteAllBytesAsync(folder.File(Input), text, deadline.Token).ConfigureAwait(false);
            CompileCommand command = compiler.Family.CompileText(
                job, compiler.Driver, Input, Output, folder.FullPath, CompilerEnvironment.Create(folder.FullPath, environment));
            ProcessRequest request = new(command.Compiler, command.Arguments, folder.FullPath, command.Environment, limits.Output);
            ProcessResult ran = await ProcessRunner.RunAsync(isolation.Wrap(request, compiler, folder), watch.Start, deadline.Token).ConfigureAwait(false);
            return Judge(compiler.Family, ran, folder);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Stopped(watch.Exceeded ?? LimitPhrases.Time(limits));
        }
        catch (ProcessOutputException)
        {
            return Declined($"the compiler printed more than {limits.Output.ToString(CultureInfo.InvariantCulture)} bytes");
        }
        catch (Exception e) when (e is ProcessStartException or IOException or UnauthorizedAccessException)
        {
            string why = folder is null ? e.Message : e.Message.Replace(folder.FullPath, ".", StringComparison.Ordinal);
            return Declined($"the agent cannot run the compiler: {why}");
        }
        finally
        {
            folder?.Dispose();
        }
    }

    private RemoteCompileResult Judge(ICompilerFamily family, ProcessResult ran, PrivateFolder folder)
    {
        byte[] name = Encoding.UTF8.GetBytes(folder.Name), output = Without(folder, ran.Output), errors = Without(folder, ran.Errors);
        if (LimitPhrases.NeverStarted(ran))
        {
            // Its words stay here: in doubt they are the compiler's, and quote a file.
            ExecutionLog.NotIsolated(log, Encoding.UTF8.GetString(errors).Trim());
            return Declined("the agent cannot run the compiler: its sandbox or its limits could not be set up");
        }

        if (LimitPhrases.Find(ran, limits) is { } limit)
        {
            return Stopped(limit);
        }

        if (ran.ExitCode >= SignalBase || errors.AsSpan().IndexOf("signal terminated program"u8) >= 0)
        {
            // Out of memory, most often: this says something of the agent, not of the code.
            return Declined($"the compiler was ended by a signal (exit code {ran.ExitCode.ToString(CultureInfo.InvariantCulture)})");
        }

        // Also when the compile failed: its diagnostics would quote the file.
        if (family is ITextReads texts && texts.RefuseReads(ReadText(folder.File(texts.ReadsFile(Output))), Input) is { } refused)
        {
            return Declined(refused);
        }

        RemoteCompileResult verdict = new(null, ran.ExitCode, Encoding.UTF8.GetString(errors), FromStore: false, Encoding.UTF8.GetString(output));
        if (ran.ExitCode != 0)
        {
            return verdict;
        }

        FileInfo written = new(folder.File(Output));
        if (written.LinkTarget is not null)
        {
            // Followed here, it would lead to any file of this machine.
            return Declined("the compiler wrote a link instead of an object");
        }

        if (!written.Exists || written.Length == 0 || written.Length > limits.Object)
        {
            return Declined(written.Exists
                ? $"the compiler reported success and wrote an object of {written.Length.ToString(CultureInfo.InvariantCulture)} bytes"
                : "the compiler reported success and wrote no object");
        }

        byte[] compiled = File.ReadAllBytes(written.FullName);
        return Array.Exists([compiled, output, errors], bytes => bytes.AsSpan().IndexOf(name) >= 0)
            ? Declined("the compiler wrote the agent's folder into its result")
            : verdict with { Result = new CompiledResult(compiled, output, errors) };
    }

    // The inner path is the end of the outer one.
    private static byte[] Without(PrivateFolder folder, byte[] printed) =>
        Without(Encoding.UTF8.GetBytes(folder.InsidePath), Without(Encoding.UTF8.GetBytes(folder.FullPath), printed));

    private static byte[] Without(byte[] path, byte[] printed)
    {
        if (printed.AsSpan().IndexOf(path) < 0)
        {
            return printed;
        }

        List<byte> cleaned = [];
        ReadOnlySpan<byte> rest = printed;
        for (int at = rest.IndexOf(path); at >= 0; at = rest.IndexOf(path))
        {
            cleaned.AddRange(rest[..at]);
            cleaned.Add((byte)'.');
            rest = rest[(at + path.Length)..];
        }

        cleaned.AddRange(rest);
        return [.. cleaned];
    }

    private static string? ReadText(string path) => new FileInfo(path) is { Exists: true, LinkTarget: null } ? File.ReadAllText(path) : null;

    private static RemoteCompileResult Stopped(string limit) => Declined("the compiler was stopped: " + limit);

    private static RemoteCompileResult Declined(string why) => new(null, null, why, FromStore: false);
}
