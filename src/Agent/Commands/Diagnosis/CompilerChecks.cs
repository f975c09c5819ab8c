using DistBuild.Core.Compilers;

namespace DistBuild.Agent.Commands.Diagnosis;

/// <summary>The compilers of this machine, as keys and agents know them.</summary>
internal static class CompilerChecks
{
    private const string About = "compiler";

    private const int ShownDigits = 12;

    public static async Task<IReadOnlyList<Check>> RunAsync(IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        IReadOnlyList<Toolchain> toolchains = await new ToolchainIdentifier(cacheFolder: null).FindAllAsync(environment, cancellationToken);
        return toolchains.Count > 0 ? [.. toolchains.Select(Known)] :
        [
            Check.Broken(
                About,
                "no compiler on PATH that DistBuild knows",
                "Install one (on Debian: apt-get install g++), or start this command where cl is on PATH (a developer prompt)."),
        ];
    }

    private static Check Known(Toolchain toolchain) =>
        Check.Good(About, $"{toolchain.Name} ({toolchain.Driver}), content {toolchain.Digest.ToString()[..ShownDigits]}");
}
