using System.Collections.Concurrent;
using System.Text;
using DistBuild.Core.Compilers.Msvc;
using DistBuild.Core.Hashing;
using DistBuild.Core.Processes;
using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers;

/// <summary>The folders in which toolchains look for their own headers, asked from each compiler once per build. Safe for many threads.</summary>
public sealed class SystemIncludes
{
    private readonly ConcurrentDictionary<(Digest Toolchain, string Driver, string Language, string Arguments, string Variables), Lazy<Task<IReadOnlyList<string>?>>> _folders = new();

    /// <summary>In search order; null when the compiler does not say.</summary>
    public Task<IReadOnlyList<string>?> GetAsync(Toolchain toolchain, CompileCommand command, CommandVerdict.Cacheable verdict) =>
        _folders.GetOrAdd(
            (toolchain.Digest, toolchain.Driver, verdict.Language, string.Join("\n", verdict.KeyArguments.Where(MayMatter)), Variables(command)),
            _ => new Lazy<Task<IReadOnlyList<string>?>>(() => AskAsync(toolchain, command, verdict))).Value;

    // Warnings, optimization, debug information and seeds, which may differ from unit to unit, lead to no other folder.
    private static bool MayMatter(string argument) =>
        !((string[])["-W", "-O", "-g", "-frandom-seed="]).Any(start => argument.StartsWith(start, StringComparison.Ordinal) && !argument.StartsWith("--", StringComparison.Ordinal))
        || argument.StartsWith("-gcc", StringComparison.Ordinal);
    // One build may compile for several targets, each with the folders of its own headers in the environment.
    private static string Variables(CompileCommand command) =>
        string.Join("\n", ClEnvironment.Headers.Select(name => ClEnvironment.Value(command.Environment, name)));

    private static async Task<IReadOnlyList<string>?> AskAsync(Toolchain toolchain, CompileCommand command, CommandVerdict.Cacheable verdict)
    {
        CompileCommand query = command with { Arguments = toolchain.Family.SystemIncludeQuery(verdict) };
        try
        {
            // Many units share the answer, so no single unit's cancellation may end it.
            ProcessResult run = await ProcessRunner.RunAsync(ProcessRequest.For(query), CancellationToken.None).ConfigureAwait(false);
            return run.ExitCode == 0 ? toolchain.Family.ReadSystemIncludes(Encoding.UTF8.GetString(run.Errors)) : null;
        }
        catch (ProcessStartException)
        {
            return null;
        }
    }
}
