namespace DistBuild.Core.Compilers.Msvc;

/// <summary>
/// The parts of a cl.exe, which all stand beside it: the compilers proper (<c>c1</c> for C, <c>c1xx</c> for C++, <c>c2</c> for both), what they write debug information
/// with, the run-time they are linked with, and the words of every installed language.
/// </summary>
internal static class ClParts
{
    private const string BackEnd = "c2.dll";

    // Optional parts of an installation that no compile loads (clang_rt.asan_*.dll) are none of these.
    private static readonly string[] Libraries = ["c1", "c2", "msobj", "mspdb", "mspft", "msvcp", "msvcr", "vcruntime", "vcmeta", "tbbmalloc"];

    private static readonly string[] Others = ["cl.exe.config", "mspdbsrv.exe"];

    private static readonly string[] Words = ["c1", "c2", "cl", "mspft"];

    /// <param name="driver">Full path.</param>
    /// <param name="question">Asks in the environment of the compile, without what changes cl's command line.</param>
    public static async Task<ToolchainParts> FindAsync(string driver, CompilerQuestion question, CancellationToken cancellationToken)
    {
        ClBanner banner = ClBanner.Read(await question.AskAnywayAsync([], cancellationToken).ConfigureAwait(false))
            ?? throw new ToolchainUnknownException($"{driver} is named like cl and does not say what Microsoft's compiler says of itself");
        string folder = Path.GetDirectoryName(RealPath.Of(driver))!;
        List<(string, string)> contents = [("driver", driver)];
        List<string> watched = [folder];
        foreach (string file in Directory.GetFiles(folder))
        {
            string name = Path.GetFileName(file).ToLowerInvariant();
            if (Others.Contains(name) || (name.EndsWith(".dll", StringComparison.Ordinal) && StartsWithOneOf(name, Libraries)))
            {
                contents.Add((name, file));
            }
        }

        if (!contents.Exists(part => part.Item1 == BackEnd) || !contents.Exists(part => part.Item1 is "c1.dll" or "c1xx.dll"))
        {
            throw new ToolchainUnknownException($"the compiler proper (c1.dll, c1xx.dll, {BackEnd}) does not stand beside {driver}");
        }

        // By the number of the language: 1033 is English.
        foreach (string language in Directory.GetDirectories(folder).Where(path => Path.GetFileName(path).All(c => c is >= '0' and <= '9')))
        {
            watched.Add(language);
            foreach (string file in Directory.GetFiles(language))
            {
                string name = Path.GetFileName(file).ToLowerInvariant();
                if (name.EndsWith("ui.dll", StringComparison.Ordinal) && StartsWithOneOf(name, Words))
                {
                    contents.Add(($"{Path.GetFileName(language)}/{name}", file));
                }
            }
        }

        string notes = ClReporting.ReportsToFile(banner.Number) ? "" : await ClIncludeNotes.LearnAsync(question, cancellationToken).ConfigureAwait(false);
        return new ToolchainParts(banner.Line, banner.Target, contents, watched) { IncludeNotes = notes };
    }

    private static bool StartsWithOneOf(string name, string[] starts) => Array.Exists(starts, start => name.StartsWith(start, StringComparison.Ordinal));
}
