using DistBuild.Core.Hashing;

namespace DistBuild.Core.Compilers;

/// <summary>The key of a unit that was preprocessed: everything its object and its diagnostics depend on.</summary>
public static class UnitKey
{
    /// <summary>1: first form.</summary>
    private const string Domain = "unit-preprocessed/1";

    /// <param name="text">The digest of <see cref="PreprocessPlan.Prefix"/> followed by what the plan's command printed.</param>
    /// <param name="files">
    /// For an <see cref="PreprocessPlan.Expanded"/> plan the contents of the files that <see cref="ICompilerFamily.ReadLineMarkers"/> names in the text,
    /// in that order; else empty.
    /// </param>
    /// toolchain   what compiles, by content
    /// family, language, argument…   the job: the plan's own form of the text, and the directory that debug information records, are in it
    /// locale, colors   what makes diagnostics read otherwise
    /// text, file…
    public static Digest Of(Digest toolchain, PreprocessPlan plan, Digest text, IReadOnlyList<Digest> files)
    {
        if (plan.Expanded == (files.Count == 0))
        {
            throw new ArgumentException("An expanded text is keyed together with its files, and no other text is.", nameof(files));
        }

        RemoteJob job = plan.Job;
        using KeyBuilder key = new(Domain);
        key.Add("toolchain", toolchain).Add("family", job.Family).Add("language", job.Language).AddAll("argument", job.Arguments);
        key.Add("locale", CompilerLocale.Of(plan.Command.Environment)).Add("colors", Colors(plan));
        key.Add("text", text);
        foreach (Digest file in files)
        {
            key.Add("file", file);
        }

        return key.Build();
    }

    // Only a command that asks for colors prints them: the stream is no terminal.
    private static string Colors(PreprocessPlan plan) =>
        plan.Job.Arguments.Any(argument => argument.StartsWith("-f", StringComparison.Ordinal) && argument.IndexOf("color", StringComparison.Ordinal) > 0)
            && plan.Command.Environment.TryGetValue("GCC_COLORS", out string? colors) ? colors : "";
}
