namespace DistBuild.Core.Compilers.Gcc;

/// <summary>The parts of a gcc: the driver, the compilers proper, the assembler, the libraries these load, and a specs file where there is one.</summary>
internal static class GccParts
{
    public static async Task<ToolchainParts> FindAsync(
        string driver, CompilerQuestion question, Func<string, IReadOnlyList<string>> findOnPath, CancellationToken cancellationToken)
    {
        string about = await question.AskAsync("-v", cancellationToken).ConfigureAwait(false);
        string version = Line(about, "gcc version ") ?? throw new ToolchainUnknownException($"{driver} is named like gcc and is not gcc");
        string target = Line(about, "Target: ") ?? throw new ToolchainUnknownException($"{driver} does not name its target");

        List<(string, string)> contents = [("driver", driver)];
        List<string> watched = [];
        if (Line(about, "Reading specs from ") is string specs)
        {
            contents.Add(("specs", specs));
        }

        foreach (string program in (string[])["cc1", "cc1plus", "as"])
        {
            string named = (await question.AskAsync("-print-prog-name=" + program, cancellationToken).ConfigureAwait(false)).Trim();
            IReadOnlyList<string> candidates = Path.IsPathRooted(named) ? [named] : findOnPath(named);
            if (candidates.Count == 0)
            {
                // A gcc without C++ has no cc1plus.
                contents.Add((program, ""));
                continue;
            }

            string path = candidates[candidates.Count - 1];
            contents.Add((program, path));
            watched.AddRange(candidates.Select(candidate => Path.GetDirectoryName(candidate)!).Where(Directory.Exists));
            foreach ((string name, string library) in await question.LibrariesAsync(path, cancellationToken).ConfigureAwait(false))
            {
                contents.Add(($"{program}/{name}", library));
            }
        }

        return new ToolchainParts(version, target, contents, watched);
    }

    private static string? Line(string text, string start) => text.Split('\n')
        .Where(line => line.StartsWith(start, StringComparison.Ordinal))
        .Select(line => line.Substring(start.Length).Trim())
        .FirstOrDefault();
}
