using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>The environment variables that cl.exe and clang-cl read ("CL environment variables"; clang's driver sources, MSVC.cpp).</summary>
internal static class ClEnvironment
{
    /// <summary>A pipe of Visual Studio's to which cl.exe prints in place of its standard output. Nobody else hears what goes there.</summary>
    public const string UnicodeOutput = "VS_UNICODE_OUTPUT";

    private const string Before = "CL", After = "_CL_";

    /// <summary>They name the folders of headers, and the Visual Studio whose headers and version clang-cl takes.</summary>
    public static readonly IReadOnlyList<string> Headers = ["INCLUDE", "EXTERNAL_INCLUDE", "VCToolsInstallDir", "VCINSTALLDIR"];

    // Windows takes names in any case for the same, other systems do not.
    private static readonly bool AnyCase = Path.DirectorySeparatorChar == '\\';

    public static string Value(IReadOnlyDictionary<string, string> environment, string name) =>
        environment.TryGetValue(name, out string? value) ? value
        : AnyCase ? environment.FirstOrDefault(variable => Same(variable.Key, name)).Value ?? ""
        : "";

    /// <summary>The command as the compiler reads it: with the arguments of <c>CL</c> before and of <c>_CL_</c> behind its own, and without the two variables.</summary>
    /// <param name="problem">An argument that only the compiler itself can expand, or null.</param>
    public static CompileCommand Apply(CompileCommand command, out CommandVerdict.RunLocally? problem)
    {
        List<string> before = Words(command, Before), after = Words(command, After);
        if (before.Count + after.Count == 0)
        {
            problem = null;
            return command;
        }

        problem = before.Concat(after).FirstOrDefault(word => word.StartsWith("@", StringComparison.Ordinal)) is { } file
            ? new CommandVerdict.RunLocally(file, "an environment variable names a response file")
            : null;
        return command with
        {
            Arguments = [.. before, .. command.Arguments, .. after],
            Environment = command.Environment.Where(variable => !IsOwn(variable.Key)).ToDictionary(variable => variable.Key, variable => variable.Value),
        };
    }

    /// <summary>The command with what it prints going where it seems to go.</summary>
    public static CompileCommand WithOutput(CompileCommand command) => Value(command.Environment, UnicodeOutput).Length == 0 ? command : command with
    {
        Environment = command.Environment.Where(variable => !Same(variable.Key, UnicodeOutput)).ToDictionary(variable => variable.Key, variable => variable.Value),
    };

    /// <summary>An environment without the variables that change what a bare cl.exe says.</summary>
    public static IReadOnlyDictionary<string, string> Bare(IReadOnlyDictionary<string, string> environment) => environment
        .Where(variable => !IsOwn(variable.Key) && !Same(variable.Key, UnicodeOutput)).ToDictionary(variable => variable.Key, variable => variable.Value);

    // A batch file cannot set a variable to a text with an equals sign, so a number sign stands for it.
    private static List<string> Words(CompileCommand command, string name) => [.. WindowsWords.Split(Value(command.Environment, name)).Select(WithEqualsSign)];

    private static string WithEqualsSign(string word)
    {
        int sign = word.IndexOf('#');
        return sign < 0 ? word : word.Substring(0, sign) + "=" + word.Substring(sign + 1);
    }

    private static bool IsOwn(string name) => Same(name, Before) || Same(name, After);

    private static bool Same(string one, string other) => string.Equals(one, other, AnyCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}
