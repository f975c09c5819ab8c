using System.Text;
using DistBuild.Core.Processes;

namespace DistBuild.Core.Compilers;

/// <summary>Asks a program of a toolchain about itself.</summary>
internal sealed class CompilerQuestion(string driver, string workingDirectory, IReadOnlyDictionary<string, string> environment)
{
    private const long OutputLimit = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What the driver prints to both streams, in English.</summary>
    /// <exception cref="ToolchainUnknownException">It failed, or did not answer in time.</exception>
    public Task<string> AskAsync(string question, CancellationToken cancellationToken) => AskAsync([question], cancellationToken);

    /// <inheritdoc cref="AskAsync(string, CancellationToken)"/>
    public Task<string> AskAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) => RunAsync(driver, arguments, With("LC_ALL", "C"), cancellationToken);

    /// <summary>What the driver prints to both streams, whatever its exit code says: cl.exe takes a question without a source for a mistake.</summary>
    /// <exception cref="ToolchainUnknownException">It could not be run, or did not answer in time.</exception>
    public async Task<string> AskAnywayAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        ProcessResult result = await RunToEndAsync(driver, arguments, workingDirectory, environment, cancellationToken).ConfigureAwait(false);
        return Text(result);
    }

    /// <summary>What the driver prints to standard output when it runs in a folder.</summary>
    /// <exception cref="ToolchainUnknownException">It failed, or did not answer in time.</exception>
    public async Task<byte[]> RunInAsync(string folder, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        ProcessResult result = await RunToEndAsync(driver, arguments, folder, environment, cancellationToken).ConfigureAwait(false);
        return Succeeded(driver, arguments, result).Output;
    }

    /// <summary>The shared libraries a program loads, as name and path; none for a program that is linked statically.</summary>
    /// <exception cref="ToolchainUnknownException">One of them is missing.</exception>
    public async Task<IReadOnlyList<(string Name, string Path)>> LibrariesAsync(string program, CancellationToken cancellationToken)
    {
        if (Path.DirectorySeparatorChar == '\\')
        {
            return [.. Directory.GetFiles(Path.GetDirectoryName(program)!, "*.dll").Select(library => (Path.GetFileName(library), library))];
        }

        // The dynamic loader's own listing, which ldd prints: it follows the environment and every search path as a real start would.
        string listing = await RunAsync(program, ["--version"], With("LD_TRACE_LOADED_OBJECTS", "1"), cancellationToken).ConfigureAwait(false);
        List<(string, string)> libraries = [];
        foreach (string line in listing.Split('\n'))
        {
            string trimmed = line.Trim();
            if (trimmed.EndsWith("=> not found", StringComparison.Ordinal))
            {
                throw new ToolchainUnknownException($"{program} needs {trimmed}");
            }

            int arrow = trimmed.IndexOf("=> ", StringComparison.Ordinal);
            string path = arrow < 0 ? trimmed : trimmed.Substring(arrow + 3);
            int address = path.IndexOf(" (0x", StringComparison.Ordinal);
            if (address > 0 && path[0] == '/')
            {
                path = path.Substring(0, address);
                libraries.Add((Path.GetFileName(path), path));
            }
        }

        return libraries;
    }

    private async Task<string> RunAsync(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken) =>
        Text(Succeeded(program, arguments, await RunToEndAsync(program, arguments, workingDirectory, variables, cancellationToken).ConfigureAwait(false)));

    private static string Text(ProcessResult result) => Encoding.UTF8.GetString(result.Output) + Encoding.UTF8.GetString(result.Errors);

    private static ProcessResult Succeeded(string program, IReadOnlyList<string> arguments, ProcessResult result) => result.ExitCode == 0
        ? result
        : throw new ToolchainUnknownException($"{program} {string.Join(" ", arguments)} ended with exit code {result.ExitCode}");

    private static async Task<ProcessResult> RunToEndAsync(
        string program, IReadOnlyList<string> arguments, string folder, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            return await ProcessRunner.RunAsync(new ProcessRequest(program, arguments, folder, variables, OutputLimit), deadline.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ProcessStartException or ProcessOutputException)
        {
            throw new ToolchainUnknownException(e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ToolchainUnknownException($"{program} {string.Join(" ", arguments)} did not answer in {Patience.TotalSeconds} s");
        }
    }

    private Dictionary<string, string> With(string name, string value)
    {
        Dictionary<string, string> variables = environment.ToDictionary(variable => variable.Key, variable => variable.Value);
        variables[name] = value;
        return variables;
    }
}
