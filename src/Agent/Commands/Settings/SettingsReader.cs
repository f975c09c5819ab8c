using System.CommandLine;
using DistBuild.Core.Client;

namespace DistBuild.Agent.Commands.Settings;

/// <summary>
/// The settings a command takes, each as an option, and where that is not given as the environment variable of the MSBuild property's name. What a command
/// does not take it does not read: a bad value there is not its business.
/// </summary>
internal sealed class SettingsReader(CommandContext context)
{
    /// <summary>Environment variables that decide where this account's own folders are.</summary>
    public static readonly IReadOnlyList<string> Places = ["HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"];

    private readonly Dictionary<string, Option<string?>> _options = [];

    public SettingsReader Store() => Add("DistBuildStore", "--store", "DIR", "The folder of the store.");

    public SettingsReader StoreSize() => Add("DistBuildStoreSize", "--store-size", "SIZE", "What the store may grow to, such as 500M or 10G.");

    public SettingsReader Port() => Add("DistBuildPort", "--port", "N", $"The UDP and TCP port of agents; {BuildOptions.DefaultPort} unless given.");

    public SettingsReader ClusterKeyFile() =>
        Add("DistBuildClusterKeyFile", "--cluster-key-file", "FILE", "The cluster key, made by 'distbuild cluster new-key'.");

    public SettingsReader Agents() =>
        Add("DistBuildAgents", "--agents", "HOST[:PORT];…", "Agents to ask by their address, besides those that answer on the LAN.");

    public SettingsReader Discovery() => Add("DistBuildDiscovery", "--discovery", "broadcast|off", "Whether to ask the LAN.");

    public void AddTo(Command command)
    {
        foreach (Option<string?> option in _options.Values)
        {
            command.Add(option);
        }
    }

    /// <summary>What was given for a property, by option or environment, or null.</summary>
    public string? Text(ParseResult parsed, string property) =>
        _options.TryGetValue(property, out Option<string?>? option) ? parsed.GetValue(option) ?? context.Variable(property)
            : Places.Contains(property) ? context.Variable(property) : null;

    /// <param name="without">A property that is not read.</param>
    /// <exception cref="CommandException">A value cannot be used.</exception>
    public BuildOptions Read(ParseResult parsed, string? without = null)
    {
        BuildOptions options = BuildOptionsReader.Read(
            name => name == without ? null : Text(parsed, name),
            context.Folder,
            out IReadOnlyList<string> errors);
        return errors.Count == 0
            ? options
            : throw new CommandException(string.Join("\ndistbuild: ", errors.Select(error => NameOption(parsed, error))), ExitCodes.Usage);
    }

    private string NameOption(ParseResult parsed, string error)
    {
        string name = error[..error.IndexOf(':', StringComparison.Ordinal)];
        return _options.TryGetValue(name, out Option<string?>? option) && parsed.GetValue(option) is not null ? option.Name + error[name.Length..] : error;
    }

    private SettingsReader Add(string property, string option, string value, string description)
    {
        _options.Add(property, new Option<string?>(option) { Description = $"{description} Environment: {property}.", HelpName = value });
        return this;
    }
}
