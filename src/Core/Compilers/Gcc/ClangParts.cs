namespace DistBuild.Core.Compilers.Gcc;

/// <summary>
/// The parts of a clang, which compiles and assembles in one process: the program, the libraries it loads, the configuration files it reads by itself,
/// and the lists of what its sanitizers leave out.
/// </summary>
internal static class ClangParts
{
    private const string Banner = "clang version ";

    public static async Task<ToolchainParts> FindAsync(string driver, CompilerQuestion question, CancellationToken cancellationToken)
    {
        string about = await question.AskAsync("--version", cancellationToken).ConfigureAwait(false);
        string[] lines = about.Split('\n');
        string version = lines.FirstOrDefault(line => line.Contains(Banner))?.Trim()
            ?? throw new ToolchainUnknownException($"{driver} is named like clang and is not clang");
        string target = Values(lines, "Target: ").FirstOrDefault() ?? throw new ToolchainUnknownException($"{driver} does not name its target");
        if (DriverName.Family(driver) == "clang-cl")
        {
            // With the version of the Visual Studio it found, which it is compatible with.
            target = (await question.AskAsync("-print-effective-triple", cancellationToken).ConfigureAwait(false)).Trim();
        }

        string resources = (await question.AskAsync("-print-resource-dir", cancellationToken).ConfigureAwait(false)).Trim();

        List<(string, string)> contents = [("driver", driver)];
        List<string> watched = [Path.GetDirectoryName(driver)!, .. Values(lines, "InstalledDir: ")];
        foreach (string configuration in Values(lines, "Configuration file: "))
        {
            contents.Add(("configuration", configuration));
        }

        string lists = Path.Combine(resources, "share");
        watched.Add(Directory.Exists(lists) ? lists : Path.GetDirectoryName(driver)!);
        foreach (string list in Directory.Exists(lists) ? Directory.GetFiles(lists, "*list.txt") : [])
        {
            contents.Add(("lists/" + Path.GetFileName(list), list));
        }

        foreach ((string name, string library) in await question.LibrariesAsync(driver, cancellationToken).ConfigureAwait(false))
        {
            contents.Add(("driver/" + name, library));
        }

        return new ToolchainParts(version, target, contents, [.. watched.Where(Directory.Exists).Distinct()]);
    }

    /// <summary>The number out of a version line.</summary>
    public static string Number(string version)
    {
        int start = version.IndexOf(Banner, StringComparison.Ordinal);
        return start < 0 ? version : version.Substring(start + Banner.Length).Split(' ')[0];
    }

    private static IEnumerable<string> Values(string[] lines, string start) =>
        lines.Where(line => line.StartsWith(start, StringComparison.Ordinal)).Select(line => line.Substring(start.Length).Trim());
}
