namespace DistBuild.Tasks.Toolsets.Msvc;

/// <summary>One part of a line: a switch with its value, or a value alone.</summary>
/// <param name="Metadata">What it was made of; empty for the source.</param>
/// <param name="Switch">With the blank before the value, where there is one.</param>
/// <param name="Value">Unquoted.</param>
/// <param name="Quoted">The value as the line has it.</param>
internal sealed record ClWord(string Metadata, string Switch, string Value, string Quoted, bool IsPath = false)
{
    public string Text => Switch + Quoted;

    /// <summary>The word as cl gets it: <c>/D X</c> is two arguments, AdditionalOptions any number.</summary>
    public IReadOnlyList<string> Arguments => WindowsArguments.Split(Text);
}
