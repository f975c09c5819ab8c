using System.ComponentModel;
using System.Diagnostics;

namespace DistBuild.Core.Processes;

/// <summary>Runs programs; the only place that starts a process.</summary>
public static class ProcessRunner
{
    /// <summary>A compiler that is asked to end removes its temporary files and half-written outputs; that takes milliseconds.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(2);

    /// <summary>Runs a program to its end and collects both streams. Cancelling kills it with all its children before this returns.</summary>
    /// <exception cref="ProcessStartException">The program could not be started.</exception>
    /// <exception cref="ProcessOutputException">It printed more than <see cref="ProcessRequest.OutputLimit"/> and was killed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing of the program is left running.</exception>
    public static Task<ProcessResult> RunAsync(ProcessRequest request, CancellationToken cancellationToken) => RunAsync(request, started: null, cancellationToken);

    /// <inheritdoc cref="RunAsync(ProcessRequest, CancellationToken)"/>
    /// <param name="started">Told the process id while the program runs.</param>
    public static async Task<ProcessResult> RunAsync(ProcessRequest request, Action<int>? started, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Stopwatch watch = Stopwatch.StartNew();
        using Process process = new() { StartInfo = StartInfo(request), EnableRaisingEvents = true };
        TaskCompletionSource<bool> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited += (_, _) => exited.TrySetResult(true);
        try
        {
            if (request.EndsWithStarter)
            {
                await LastingThread.RunAsync(() => process.Start()).ConfigureAwait(false);
            }
            else
            {
                process.Start();
            }
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException or PlatformNotSupportedException)
        {
            throw new ProcessStartException(request.FileName, e);
        }

        using CancellationTokenRegistration kill = cancellationToken.Register(() => ProcessTree.Kill(process));
        started?.Invoke(process.Id);
        process.StandardInput.Dispose();
        Task<byte[]> output = DrainAsync(process, process.StandardOutput.BaseStream, request.OutputLimit);
        Task<byte[]> errors = DrainAsync(process, process.StandardError.BaseStream, request.OutputLimit);
        await Task.WhenAll(output, errors, exited.Task).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        byte[] printed = await output.ConfigureAwait(false), complained = await errors.ConfigureAwait(false);
        if (request.OutputLimit > 0 && Math.Max(printed.LongLength, complained.LongLength) > request.OutputLimit)
        {
            throw new ProcessOutputException(request.FileName, request.OutputLimit);
        }

        return new ProcessResult(process.ExitCode, printed, complained, watch.Elapsed);
    }

    /// <summary>
    /// Runs a program to its end with this process's own input, output and errors, as a shell does. Cancelling asks it to end, as a person's Ctrl+C does, and kills it with all
    /// its children when it is still there a moment later.
    /// </summary>
    /// <returns>Its exit code, also when it was asked to end and did.</returns>
    /// <exception cref="ProcessStartException">The program could not be started.</exception>
    public static async Task<int> RunAttachedAsync(ProcessRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using Process process = new() { StartInfo = StartInfo(request, redirect: false), EnableRaisingEvents = true };
        TaskCompletionSource<bool> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited += (_, _) => exited.TrySetResult(true);
        try
        {
            process.Start();
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException or PlatformNotSupportedException)
        {
            throw new ProcessStartException(request.FileName, e);
        }

        TaskCompletionSource<bool> cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = cancellationToken.Register(() => cancelled.TrySetResult(true));
        await Task.WhenAny(exited.Task, cancelled.Task).ConfigureAwait(false);
        if (!exited.Task.IsCompleted)
        {
            ProcessTree.AskToEnd(process);
            await Task.WhenAny(exited.Task, Task.Delay(GracePeriod, CancellationToken.None)).ConfigureAwait(false);
            ProcessTree.Kill(process);
            await exited.Task.ConfigureAwait(false);
        }

        return process.ExitCode;
    }

    private static ProcessStartInfo StartInfo(ProcessRequest request, bool redirect = true)
    {
        ProcessStartInfo info = new(request.FileName)
        {
            WorkingDirectory = request.WorkingDirectory,
            UseShellExecute = false,
            CreateNoWindow = redirect,
            RedirectStandardInput = redirect,
            RedirectStandardOutput = redirect,
            RedirectStandardError = redirect,
        };
#if NETSTANDARD2_0
        // Only mono comes here on another system than Windows, and takes the line apart as a shell there.
        info.Arguments = Path.DirectorySeparatorChar == '\\' ? CommandLine.Join(request.Arguments) : CommandLine.JoinForShell(request.Arguments);
#else
        foreach (string argument in request.Arguments)
        {
            info.ArgumentList.Add(argument);
        }
#endif
        info.Environment.Clear();
        foreach (KeyValuePair<string, string> variable in request.Environment)
        {
            info.Environment[variable.Key] = variable.Value;
        }

        return info;
    }

    private static async Task<byte[]> DrainAsync(Process process, Stream stream, long limit)
    {
        using MemoryStream collected = new();
        byte[] buffer = new byte[64 * 1024];
        int read;
        while ((read = await stream.ReadAsync(buffer, 0, buffer.Length, CancellationToken.None).ConfigureAwait(false)) > 0)
        {
            if (limit > 0 && collected.Length > limit)
            {
                ProcessTree.Kill(process);
                continue;
            }

            collected.Write(buffer, 0, read);
        }

        return collected.ToArray();
    }
}

/// <summary>A program that could not be started: missing, not executable, wrong format.</summary>
public sealed class ProcessStartException(string fileName, Exception inner)
    : Exception($"Cannot start '{fileName}': {inner.Message}", inner)
{
    public string FileName { get; } = fileName;
}

/// <summary>A program that printed more than it was allowed to.</summary>
public sealed class ProcessOutputException(string fileName, long limit)
    : Exception($"'{fileName}' printed more than {limit} bytes and was stopped.")
{
    public string FileName { get; } = fileName;
}
