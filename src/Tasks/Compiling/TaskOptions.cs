using DistBuild.Core.Client;
using DistBuild.Core.Processes;
using DistBuild.Tasks.Toolsets.Gcc;
using Microsoft.Build.Utilities;

namespace DistBuild.Tasks.Compiling;

/// <summary>What the project's properties say, out of the task's parameters.</summary>
/// <param name="EmbedsDebugInformation">DistBuildDebugFormat=Embedded.</param>
internal sealed record TaskOptions(BuildOptions Build, bool EmbedsDebugInformation)
{
    /// <summary>Null when a value cannot be used; the errors are logged.</summary>
    public static TaskOptions? Read(CompileUnits task, TaskLoggingHelper log)
    {
        Dictionary<string, string> values = new()
        {
            ["DistBuildStore"] = task.Store,
            ["DistBuildStoreSize"] = task.StoreSize,
            ["DistBuildAgents"] = task.Agents,
            ["DistBuildDiscovery"] = task.Discovery,
            ["DistBuildPort"] = task.Port,
            ["DistBuildClusterKeyFile"] = task.ClusterKeyFile,
            ["DistBuildLocalSlots"] = task.LocalSlots,
            ["DistBuildVerify"] = task.Verify,
            ["DistBuildReport"] = task.Report,
            ["DistBuildCompileCommands"] = task.CompileCommands,
        };
        BuildOptions options = BuildOptionsReader.Read(name => values.TryGetValue(name, out string? value) ? value : null, task.ProjectDirectory, out IReadOnlyList<string> errors);
        bool embeds = Is(task.DebugFormat, "Embedded");
        bool isKnown = embeds || task.DebugFormat.Length == 0 || Is(task.DebugFormat, "Project");
        foreach (string error in isKnown ? errors : [.. errors, $"DistBuildDebugFormat: '{task.DebugFormat}' cannot be used; give Project or Embedded."])
        {
            log.LogError(null, "DB3003", null, null, 0, 0, 0, 0, "{0}", error);
        }

        return errors.Count == 0 && isKnown ? new TaskOptions(options, embeds) : null;
    }

    public static GccToolsetOptions ForGcc(CompileUnits task) => new()
    {
        ProjectDirectory = task.ProjectDirectory,
        Root = RootOf(task),
        CCompiler = task.CCompiler.Length > 0 ? task.CCompiler : "gcc",
        CxxCompiler = task.CxxCompiler.Length > 0 ? task.CxxCompiler : "g++",
        ConfigurationType = task.ConfigurationType,
        IncludePath = task.IncludePath,
        ExternalIncludePath = task.ExternalIncludePath,
        Environment = ProcessEnvironment(),
    };

    public static Dictionary<string, string> ProcessEnvironment() =>
        EnvironmentBlock.Read();

    public static string RootOf(CompileUnits task) => task.Root.Length > 0 ? task.Root : task.ProjectDirectory;

    private static bool Is(string value, string name) => string.Equals(value.Trim(), name, StringComparison.OrdinalIgnoreCase);
}
