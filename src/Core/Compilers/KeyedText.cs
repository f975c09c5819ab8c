using DistBuild.Core.Hashing;

namespace DistBuild.Core.Compilers;

/// <summary>A preprocessed text that stands for its unit, with its key.</summary>
/// <param name="Files">Full paths of the files the text came from.</param>
public sealed record KeyedText(ReadOnlyMemory<byte> Text, Digest Key, IReadOnlyList<string> Files)
{
    /// <summary>Judges and keys what a plan's command printed; a refusal says why the next plan is to be tried, or why the unit is not cacheable.</summary>
    /// <param name="printed">The standard output of a successful <see cref="PreprocessPlan.Command"/>.</param>
    public static (KeyedText? Keyed, string? Refused) Of(Digest toolchain, ICompilerFamily family, PreprocessPlan plan, byte[] printed, FileDigests digests)
    {
        byte[] text = plan.Prefix.IsEmpty ? printed : [.. plan.Prefix.Span, .. printed];
        if (family.RefuseText(plan.Job, text) is string refused)
        {
            return (null, refused);
        }

        string[] files = [.. family.ReadLineMarkers(text).Select(plan.Command.FullPath)];
        if (family.RefuseFiles(plan.Job, files) is string hidden)
        {
            return (null, hidden);
        }

        // A name that a #line made up has no file and no layout.
        Digest[] layouts = plan.Expanded ? [.. files.Select(file => digests.TryGet(file) ?? default)] : [];
        return (new KeyedText(text, UnitKey.Of(toolchain, plan, Digest.Of(text), layouts), files), null);
    }
}
