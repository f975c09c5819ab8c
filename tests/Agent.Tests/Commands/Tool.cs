using DistBuild.Agent.Commands;

namespace DistBuild.Agent.Tests.Commands;

/// <summary>The tool as a person uses it, in this process: arguments in, exit code and both streams out.</summary>
internal sealed record Tool(int ExitCode, string Output, string Errors)
{
    public static async Task<Tool> RunAsync(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" }, errors = new() { NewLine = "\n" };
        CommandContext context = new(output, errors, IsTerminal: false, folder, name => environment.GetValueOrDefault(name));
        int code = await CommandTree.RunAsync(arguments, context);
        return new Tool(code, output.ToString(), errors.ToString());
    }

    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
