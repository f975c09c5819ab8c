namespace DistBuild.Agent.Execution;

/// <summary>The whole environment of a compiler on an agent: of the agent's own only what finds programs and, on Windows, the system.</summary>
internal static class CompilerEnvironment
{
    /// <summary>What cl, its libraries and the loader need on Windows, and what tells clang-cl which Visual Studio to be like: it was identified with these.</summary>
    private static readonly string[] WindowsNames =
        ["SystemRoot", "SystemDrive", "windir", "PATHEXT", "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE", "VCToolsInstallDir", "VCINSTALLDIR"];

    public static IReadOnlyDictionary<string, string> Create(string folder, Func<string, string?> agent)
    {
        if (!OperatingSystem.IsWindows())
        {
            return new Dictionary<string, string>
            {
                ["PATH"] = agent("PATH") ?? "/usr/local/bin:/usr/bin:/bin",
                // As on nearly every developer's machine; the language of the messages is that of no agent's administrator.
                ["LC_ALL"] = "C.UTF-8",
                // Relative: the names of temporary files appear in the assembler's messages.
                ["TMPDIR"] = ".",
            };
        }

        Dictionary<string, string> environment = new(StringComparer.OrdinalIgnoreCase)
        {
            ["PATH"] = agent("PATH") ?? "",
            ["TEMP"] = folder,
            ["TMP"] = folder,
            ["VSLANG"] = "1033",
        };
        foreach (string name in WindowsNames)
        {
            if (agent(name) is { } value)
            {
                environment[name] = value;
            }
        }

        return environment;
    }
}
