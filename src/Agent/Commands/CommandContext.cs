namespace DistBuild.Agent.Commands;

/// <summary>What a command sees of the process it runs in.</summary>
/// <param name="IsTerminal">A person looks at <paramref name="Output"/>: colours and frames help there and disturb everywhere else.</param>
/// <param name="Folder">Where relative paths start.</param>
/// <param name="Variable">An environment variable's value, or null.</param>
internal sealed record CommandContext(TextWriter Output, TextWriter Errors, bool IsTerminal, string Folder, Func<string, string?> Variable)
{
    public static CommandContext OfThisProcess() =>
        new(Console.Out, Console.Error, !Console.IsOutputRedirected, Environment.CurrentDirectory, Environment.GetEnvironmentVariable);

    public string FullPath(string path) => Path.GetFullPath(Path.Combine(Folder, path));
}
