namespace DistBuild.Agent.Commands.Diagnosis;

/// <summary>How serious a finding is; the names are those of the JSON, in camelCase.</summary>
internal enum Verdict
{
    Good,

    /// <summary>Works, but could be better or is not what a person may expect.</summary>
    Note,

    /// <summary>Builds do not get what they should.</summary>
    Broken,
}

/// <summary>One thing <c>doctor</c> looked at.</summary>
/// <param name="About">What was looked at, in one or two words.</param>
/// <param name="Found">What is so.</param>
/// <param name="Advice">What to do about it; null when nothing needs to be done.</param>
internal sealed record Check(string About, Verdict Verdict, string Found, string? Advice = null)
{
    public static Check Good(string about, string found) => new(about, Verdict.Good, found);

    public static Check Note(string about, string found, string? advice = null) => new(about, Verdict.Note, found, advice);

    public static Check Broken(string about, string found, string advice) => new(about, Verdict.Broken, found, advice);
}
