namespace DistBuild.Core.Compilers.Gcc;

/// <summary>
/// Names the processor that gcc's driver finds: what it hands to the compiler proper for <c>-march=native</c>, a long list of <c>-m</c> options and cache
/// sizes. The same list, given to the driver, must arrive as it is.
/// </summary>
internal static class GccProcessor
{
    public static async Task<IReadOnlyList<string>> NameAsync(string language, IReadOnlyList<string> arguments, CompilerQuestion question, CancellationToken cancellationToken)
    {
        RefuseLinkTime(arguments);
        IReadOnlyList<string> named = await HandedOnAsync(arguments).ConfigureAwait(false);
        if (named.Any(IsNative))
        {
            throw new ToolchainUnknownException("the driver hands it on as it is");
        }

        IReadOnlyList<string> again = await HandedOnAsync(named).ConfigureAwait(false);
        return InOrder(again).SequenceEqual(InOrder(named))
            ? named
            : throw new ToolchainUnknownException("the options that the driver names are not the ones it then uses");

        async Task<IReadOnlyList<string>> HandedOnAsync(IReadOnlyList<string> given) =>
            Machine(await question.AskAsync([.. given, "-###", "-S", "-o", "-", "-x", language, "/dev/null"], cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Link-time objects hold the words of the command line, and of what functions are compiled for.</summary>
    /// <exception cref="ToolchainUnknownException">They are asked for.</exception>
    public static void RefuseLinkTime(IReadOnlyList<string> arguments)
    {
        if (arguments.Any(argument => argument.StartsWith("-flto", StringComparison.Ordinal)))
        {
            throw new ToolchainUnknownException("link-time objects would hold other words");
        }
    }

    public static bool IsNative(string argument) =>
        argument.IndexOf("=native", StringComparison.Ordinal) > 0
        && (argument.StartsWith("-march", StringComparison.Ordinal) || argument.StartsWith("-mtune", StringComparison.Ordinal) || argument.StartsWith("-mcpu", StringComparison.Ordinal));

    // The driver moves sizes behind the rest.
    private static IEnumerable<string> InOrder(IReadOnlyList<string> arguments) => arguments.OrderBy(argument => argument.StartsWith("--param", StringComparison.Ordinal));

    private static List<string> Machine(string printed)
    {
        string compiler = printed.Split('\n').FirstOrDefault(line => line.StartsWith(" ", StringComparison.Ordinal) && line.IndexOf("/cc1", StringComparison.Ordinal) > 0)
            ?? throw new ToolchainUnknownException("the driver does not say how it starts the compiler");
        List<string> words = ResponseFiles.Split(compiler), machine = [];
        for (int i = 0; i < words.Count; i++)
        {
            if (words[i] == "--param" && i + 1 < words.Count)
            {
                machine.Add("--param=" + words[++i]);
            }
            else if (words[i].StartsWith("--param=", StringComparison.Ordinal) || words[i].StartsWith("-m", StringComparison.Ordinal))
            {
                machine.Add(words[i]);
            }
        }

        return machine;
    }
}
