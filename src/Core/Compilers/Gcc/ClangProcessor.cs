namespace DistBuild.Core.Compilers.Gcc;

/// <summary>
/// Names the processor that clang finds: its name, and an option for every feature that this machine has more or less than the name says. What functions
/// are compiled for (the attributes of LLVM's text) must be the same by either way.
/// </summary>
internal static class ClangProcessor
{
    // They come with the name and have no options.
    private static readonly string[] Implied = ["64bit", "cmov", "x87", "cx8"];

    public static async Task<IReadOnlyList<string>> NameAsync(string language, IReadOnlyList<string> arguments, CompilerQuestion question, CancellationToken cancellationToken)
    {
        GccProcessor.RefuseLinkTime(arguments);
        string source = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.c");
        File.WriteAllText(source, "void function(void) {}\n");
        try
        {
            Target wanted = await TargetAsync(arguments).ConfigureAwait(false);
            string[] byName = [.. arguments.Select(argument => Named(argument, wanted))];
            Target plain = await TargetAsync(byName).ConfigureAwait(false);
            string[] named =
            [
                .. byName,
                .. wanted.Features.Except(plain.Features).Select(feature => "-m" + feature),
                .. plain.Features.Except(wanted.Features).Select(feature => "-mno-" + feature),
            ];
            return (await TargetAsync(named).ConfigureAwait(false)).IsSame(wanted) ? named : throw new ToolchainUnknownException("its name and features compile other code");
        }
        finally
        {
            File.Delete(source);
        }

        async Task<Target> TargetAsync(IReadOnlyList<string> given) =>
            Target.Read(await question.AskAsync([.. given, "-S", "-emit-llvm", "-o", "-", "-x", language, source], cancellationToken).ConfigureAwait(false));
    }

    private static string Named(string argument, Target wanted)
    {
        if (!GccProcessor.IsNative(argument))
        {
            return argument;
        }

        int equals = argument.IndexOf('=');
        string name = argument.StartsWith("-mtune", StringComparison.Ordinal) && wanted.Tuned.Length > 0 ? wanted.Tuned : wanted.Name;
        return argument.Substring(0, equals + 1) + name + argument.Substring(equals + 1 + "native".Length);
    }

    private sealed class Target(string name, string tuned, string[] features)
    {
        public string Name { get; } = name;

        public string Tuned { get; } = tuned;

        public string[] Features { get; } = features;

        public static Target Read(string text)
        {
            string features = Attribute(text, "target-features");
            string[] present = [.. features.Split(',').Where(feature => feature.StartsWith("+", StringComparison.Ordinal)).Select(feature => feature.Substring(1))];
            string name = Attribute(text, "target-cpu");
            return name.Length > 0
                ? new Target(name, Attribute(text, "tune-cpu"), [.. present.Except(Implied).OrderBy(feature => feature, StringComparer.Ordinal)])
                : throw new ToolchainUnknownException("the compiler does not say what it compiles for");
        }

        public bool IsSame(Target other) => Name == other.Name && Tuned == other.Tuned && Features.SequenceEqual(other.Features);

        private static string Attribute(string text, string name)
        {
            string start = $"\"{name}\"=\"";
            int at = text.IndexOf(start, StringComparison.Ordinal);
            return at < 0 ? "" : text.Substring(at + start.Length, text.IndexOf('"', at + start.Length) - at - start.Length);
        }
    }
}
