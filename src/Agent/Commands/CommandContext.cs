namespace DistBuild.Agent.Commands;

/// <summary>What a command sees of the process it runs in.</summary>
/// <param name="IsTerminal">A person looks at <paramref name="Output"/>: colours and frames help there and disturb everywhere else.</param>
/// <param name="RawOutput">Where bytes go that are printed as they are; null where only <paramref name="Output"/> is there.</param>
/// <param name="RawErrors">The same for <paramref name="Errors"/>.</param>
/// <param name="Folder">Where relative paths start.</param>
/// <param name="Variable">An environment variable's value, or null.</param>
internal sealed record CommandContext(TextWriter Output, TextWriter Errors, bool IsTerminal, string Folder, Func<string, string?> Variable, Stream? RawOutput = null, Stream? RawErrors = null)
{
    public static CommandContext OfThisProcess() => new(
        Console.Out,
        Console.Error,
        !Console.IsOutputRedirected,
        Environment.CurrentDirectory,
        Environment.GetEnvironmentVariable,
        Console.OpenStandardOutput(),
        Console.OpenStandardError());

    public string FullPath(string path) => Path.GetFullPath(Path.Combine(Folder, path));
}
