using System.Text.RegularExpressions;

namespace DistBuild.Tasks.Building;

/// <summary>
/// The text of an event or custom build: written for cmd.exe, as nearly all are, or for sh. What both would read alike (<c>echo done</c>) is for sh.
/// </summary>
internal static class CommandText
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Multiline;

    private static readonly Regex[] Batch =
    [
        // Commands of cmd.exe, and of Visual Studio's prompt, where a command begins.
        new(@"(?:^|[&|(])\s*@?(?:echo\s+(?:on|off)|setlocal|endlocal|rem|goto|pushd|popd|xcopy|robocopy|copy|move|del|erase|rd|md|ren|rename|type|start|call|attrib|mklink|ver|title|(?:powershell|nmake|msbuild|lib|link|cl|rc|mt|signtool|regsvr32|editbin|dumpbin|ml64|ml)(?:\.exe)?)(?=[\s.""]|$)", Options),
        new(@"^\s*:\w+\s*$|^\s*@?set\s+(?:/[ap]\s+)?""?\w+=", Options),
        new(@"%(?:CD|[a-z_]\w{2,})%|%~\w*\d|\bfor\s+(?:/\w\s+)?%", Options),
        new(@"\bif\s+(?:/i\s+)?(?:not\s+)?(?:exist\b|errorlevel\b|defined\b|""?[^\s""\[]*""?\s*==)", Options),
        new(@"\bexit\s+/b\b", Options),
        new(@"\d?>\s*nul\b", Options),
        new(@"\S+\.(?:bat|cmd)(?=[\s""']|$)", Options),
        new(@"(?:^|[\s""&|])(?![/.])[^\s""'/]+\.exe(?=[\s""']|$)", Options),
        new(@"(?<=^|[\s""])[a-z]:\\\S*", Options),
        new(@"\^\s*$", Options),
        // sh would swallow the backslashes of a path. Programs that have escapes of their own may mean "\n".
        new(@"^(?!.*\b(?:printf|echo|sed|awk|grep|tr|perl|python\d?)\b).*?[\w.)]\\[\w.(]+", Options),
    ];

    /// <summary>What shows that the text is written for cmd.exe, or null when sh can run it.</summary>
    public static string? BatchEvidence(string text)
    {
        // Windows' line ends would hide the ends of lines from the patterns.
        string lines = ForShell(text);
        Match? match = Batch.Select(pattern => pattern.Match(lines)).FirstOrDefault(match => match.Success);
        return match is null ? null : match.Value.Trim();
    }

    /// <summary>The text as sh reads it.</summary>
    public static string ForShell(string text) => text.Replace("\r\n", "\n").Replace('\r', '\n').Trim();
}
