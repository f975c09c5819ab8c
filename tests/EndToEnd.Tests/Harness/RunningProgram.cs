using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace DistBuild.EndToEnd.Tests.Harness;

/// <summary>A started program whose printed lines can be waited for. Disposing it ends it with everything it started.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<RunningProgram, bool> Running = [];

    private readonly Process _process;
    private readonly StringBuilder _printed = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];

    private RunningProgram(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Standard output and standard error, as they came.</summary>
    public string Printed
    {
        get
        {
            lock (_printed)
            {
                return _printed.ToString();
            }
        }
    }

    /// <param name="command">The program and its arguments.</param>
    public static RunningProgram Start(string[] command, string folder, IReadOnlyDictionary<string, string> environment) => Start(command[0], command[1..], folder, environment);

    public static RunningProgram Start(string file, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string> environment)
    {
        ProcessStartInfo start = new(file, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment.Clear();
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        RunningProgram running = new(new Process { StartInfo = start });
        running._process.OutputDataReceived += (_, line) => running.Add(line.Data);
        running._process.ErrorDataReceived += (_, line) => running.Add(line.Data);
        running._process.Start();
        running._process.StandardInput.Close();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        Running[running] = true;
        return running;
    }

    /// <summary>Ends everything that was started and not disposed, with what it started itself.</summary>
    public static void EndAll()
    {
        foreach (RunningProgram running in Running.Keys)
        {
            running._process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Completes when a line with this text has been printed.</summary>
    /// <exception cref="TimeoutException">Nothing like it within a minute, or the program ended before; the message has what was printed.</exception>
    public async Task PrintsAsync(string text)
    {
        TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_printed)
        {
            if (_printed.ToString().Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            _awaited.Add((text, seen));
        }

        await Task.WhenAny(seen.Task, _process.WaitForExitAsync(), Task.Delay(TimeSpan.FromMinutes(1)));
        if (!seen.Task.IsCompleted)
        {
            throw new TimeoutException($"'{text}' was not printed:\n{Printed}");
        }
    }

    /// <param name="limit">After this time it is ended and the test fails.</param>
    public async Task<ProgramResult> ExitAsync(TimeSpan limit)
    {
        using CancellationTokenSource timer = new(limit);
        try
        {
            await _process.WaitForExitAsync(timer.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)} did not end within {limit}:\n{Printed}");
        }

        return new ProgramResult(_process.ExitCode, Printed);
    }

    /// <summary>Sends a signal to this one process.</summary>
    /// <param name="signal">As kill(1) names it: <c>INT</c>, <c>STOP</c>, <c>KILL</c>.</param>
    public void Signal(string signal)
    {
        using Process kill = Process.Start("kill", ["-s", signal, $"{Id}"]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        Running.TryRemove(this, out _);
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_printed)
        {
            _printed.Append(line).Append('\n');
            foreach ((string _, TaskCompletionSource seen) in _awaited.Where(awaited => line.Contains(awaited.Text, StringComparison.Ordinal)))
            {
                seen.TrySetResult();
            }
        }
    }
}

/// <param name="Printed">Standard output and standard error, as they came.</param>
internal sealed record ProgramResult(int ExitCode, string Printed)
{
    /// <summary>Fails the test with everything printed unless the program succeeded.</summary>
    public ProgramResult MustSucceed()
    {
        Assert.AreEqual(0, ExitCode, Printed);
        return this;
    }
}
