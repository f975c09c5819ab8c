using System.Collections.Concurrent;
using System.Text;
using DistBuild.Core.Hashing;
using DistBuild.Core.Compilers.Msvc;
using DistBuild.Core.Processes;
using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers;

/// <summary>The folders in which toolchains look for their own headers: asked from each compiler once, and remembered between builds. Safe for many threads.</summary>
/// <param name="cacheFolder">Where answers are remembered between processes; null remembers only in memory.</param>
public sealed class SystemIncludes(string? cacheFolder)
{
    // A class: dictionaries of value types are compiled anew in every build process.
    private readonly ConcurrentDictionary<Question, Lazy<Task<IReadOnlyList<string>?>>> _folders = new();

    /// <summary>In search order; null when the compiler does not say.</summary>
    public Task<IReadOnlyList<string>?> GetAsync(Toolchain toolchain, CompileCommand command, CommandVerdict.Cacheable verdict) => toolchain.Family is ISystemFolders known
        ? Task.FromResult<IReadOnlyList<string>?>(known.SystemFolders(command))
        : _folders.GetOrAdd(
            new Question(toolchain, verdict.Language, string.Join("\n", verdict.KeyArguments.Where(MayMatter)), Variables(command)),
            question => new Lazy<Task<IReadOnlyList<string>?>>(() => FindAsync(question, command, verdict))).Value;

    private async Task<IReadOnlyList<string>?> FindAsync(Question question, CompileCommand command, CommandVerdict.Cacheable verdict)
    {
        string? file = cacheFolder is not null && question.NamesEveryFolder() ? Path.Combine(cacheFolder, question.Name() + ".folders") : null;
        if (file is not null && RememberedFolders.Load(file) is { } remembered)
        {
            return remembered;
        }

        long asked = FileIdentity.Now();
        IReadOnlyList<string>? folders = await AskAsync(question.Toolchain, command, verdict).ConfigureAwait(false);
        if (file is not null && folders is not null)
        {
            RememberedFolders.Save(file, folders, asked);
        }

        return folders;
    }

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

    /// <summary>What decides the answer: the compiler as it is here, and what it is told.</summary>
    private sealed record Question(Toolchain Toolchain, string Language, string Arguments, string Variables)
    {
        /// <summary>
        /// Whether the answer names every folder that was looked at, also those that are missing: gcc's folders are built into it, unless an argument leads it elsewhere.
        /// clang goes through the installed gccs and says nothing of those it passed by.
        /// </summary>
        public bool NamesEveryFolder() => Toolchain.Family.Name == "gcc" && !Arguments.Contains('/');

        public string Name()
        {
            using KeyBuilder key = new("header-folders/1");
            key.Add("toolchain", Toolchain.Digest).Add("driver", Toolchain.Driver).Add("language", Language).Add("arguments", Arguments).Add("variables", Variables);
            return key.Build().ToString().Substring(0, 32);
        }
    }
}
