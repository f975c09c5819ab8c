using System.Collections.Concurrent;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers;

/// <summary>
/// Puts this machine's processor by name in place of <c>-march=native</c> and its relatives: the same words are other code on another machine. Each compiler is asked once per
/// build. Safe for many threads.
/// </summary>
internal sealed class NativeProcessors
{
    private readonly ConcurrentDictionary<(Digest Toolchain, string Driver, string Arguments), Lazy<Task<(IReadOnlyList<string>? Arguments, string? Reason)>>> _known = new();

    /// <summary>The command as it is where it does not ask for this machine's processor; null with a reason where that cannot be named with certainty.</summary>
    public async Task<(CompileCommand? Command, string? Reason)> ResolveAsync(Toolchain toolchain, CompileCommand command)
    {
        if (toolchain.Family is not INativeOptions family || !command.Arguments.Any(MayAsk) || family.ProcessorArguments(command) is not { Count: > 0 } asked)
        {
            return (command, null);
        }

        string language = DriverName.IsCxx(command.Compiler) ? "c++" : "c";
        (IReadOnlyList<string>? named, string? reason) = await _known.GetOrAdd(
            (toolchain.Digest, toolchain.Driver, string.Join("\n", asked)),
            _ => new Lazy<Task<(IReadOnlyList<string>?, string?)>>(() => AskAsync(family, toolchain, language, asked, command))).Value.ConfigureAwait(false);
        return named is null ? (null, reason) : (family.WithProcessor(command, named), null);
    }

    // A response file may ask as well.
    private static bool MayAsk(string argument) => argument.Contains("native") || argument.StartsWith("@", StringComparison.Ordinal);

    private static async Task<(IReadOnlyList<string>? Arguments, string? Reason)> AskAsync(
        INativeOptions family, Toolchain toolchain, string language, IReadOnlyList<string> asked, CompileCommand command)
    {
        try
        {
            // Many units share the answer, so no single unit's cancellation may end it.
            CompilerQuestion question = new(toolchain.Driver, command.WorkingDirectory, command.Environment);
            return (await family.NameProcessorAsync(language, asked, question, CancellationToken.None).ConfigureAwait(false), null);
        }
        catch (ToolchainUnknownException e)
        {
            return (null, $"{string.Join(" ", asked)}: the processor of this machine cannot be named: {e.Message}");
        }
    }
}
