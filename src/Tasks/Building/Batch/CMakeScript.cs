using System.Text;
using System.Text.RegularExpressions;
using DistBuild.Tasks.Toolsets;

namespace DistBuild.Tasks.Building.Batch;

/// <summary>What the batch text of a command that CMake wrote into a project means here.</summary>
internal abstract record CMakeScript
{
    /// <summary>It runs by sh as this text.</summary>
    public sealed record Runs(string Shell) : CMakeScript;

    /// <summary>Something in it is only for Windows.</summary>
    /// <param name="Command">The line that is.</param>
    /// <param name="Why">A clause without a subject.</param>
    public sealed record Skipped(string Command, string Why) : CMakeScript;

    /// <summary>CMake's own question whether the projects are older than the files they were generated from.</summary>
    /// <param name="WholeSolution">ZERO_CHECK asks for the solution, every other project only for its own folder.</param>
    public sealed record ChecksGeneration(bool WholeSolution) : CMakeScript;
}

/// <summary>
/// Reads the text of an <c>add_custom_command</c> as CMake's Visual Studio generators write it (cmLocalVisualStudioGenerator::ConstructScript).
/// Several of them follow one another in an event.
/// <code>
/// setlocal
/// cd \folder                                     where there is a WORKING_DIRECTORY
/// if %errorlevel% neq 0 goto :cmEnd              after every command
/// X:                                             where the folder has a drive
/// set PATH=\folder;%PATH%                        where CMAKE_MSVCIDE_RUN_PATH is set
/// "C:\Program Files\CMake\bin\cmake.exe" -E …    one line for each COMMAND
/// :cmEnd
/// endlocal &amp; call :cmErrorLevel %errorlevel% &amp; goto :cmDone
/// :cmErrorLevel
/// exit /b %1
/// :cmDone
/// if %errorlevel% neq 0 goto :VCEnd
/// </code>
/// </summary>
internal sealed class CMakeScriptReader(ProjectPaths paths, IReadOnlyDictionary<string, string> environment)
{
    private const string Begin = "setlocal", End = ":cmEnd";

    private static readonly Regex Check = new(@"^if %errorlevel% neq 0 goto :\w+$", RegexOptions.CultureInvariant);
    private static readonly Regex Drive = new(@"^[A-Za-z]:$", RegexOptions.CultureInvariant);
    private static readonly Regex SetPath = new(@"^set PATH=(?<folders>.*);%PATH%$", RegexOptions.CultureInvariant);

    private static readonly string[] Ending =
        ["endlocal & call :cmErrorLevel %errorlevel% & goto :cmDone", ":cmErrorLevel", "exit /b %1", ":cmDone"];

    private readonly BatchLine _line = new(new BatchPrograms(paths, environment));

    /// <summary>Null when the text has another form.</summary>
    public CMakeScript? Read(string text)
    {
        string[] lines = [.. CommandText.ForShell(text).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
        List<string[]> scripts = [];
        for (int at = 0; at < lines.Length;)
        {
            int end = Array.IndexOf(lines, End, at);
            if (lines[at] != Begin || end < 0 || !lines.Skip(end + 1).Take(Ending.Length).SequenceEqual(Ending))
            {
                return null;
            }

            scripts.Add([.. lines.Skip(at + 1).Take(end - at - 1).Where(line => !Check.IsMatch(line))]);
            at = end + 1 + Ending.Length;
            at += at < lines.Length && Check.IsMatch(lines[at]) ? 1 : 0;
        }

        return scripts.Count == 0 ? null : Generation(scripts) ?? Translate(scripts);
    }

    private static CMakeScript.ChecksGeneration? Generation(List<string[]> scripts)
    {
        string? asked = scripts.SelectMany(lines => lines).FirstOrDefault(line => line.Contains(" --check-stamp-"));
        return asked is null ? null : new CMakeScript.ChecksGeneration(asked.Contains(" --check-stamp-list "));
    }

    private CMakeScript Translate(List<string[]> scripts)
    {
        StringBuilder shell = new();
        foreach (string[] lines in scripts)
        {
            // The folder and the variables of one script are not the next one's.
            shell.Append("(\n");
            foreach (string line in lines.Where(line => !Drive.IsMatch(line)))
            {
                BatchTranslation translated = SetPath.Match(line) is { Success: true } set ? AddToPath(set.Groups["folders"].Value) : _line.Translate(line);
                if (translated.Why is { } why)
                {
                    return new CMakeScript.Skipped(line, why);
                }

                shell.Append(translated.Shell).Append('\n');
            }

            shell.Append("true\n)\n");
        }

        return new CMakeScript.Runs(shell.ToString());
    }

    private BatchTranslation AddToPath(string folders)
    {
        IEnumerable<string> here = folders.Split(';').Where(folder => folder.Length > 0 && !ProjectPaths.IsForeign(folder)).Select(paths.FullOnDisk);
        return new BatchTranslation($"PATH={BatchLine.Quote(string.Concat(here.Select(folder => folder + ":")))}\"$PATH\"", Why: null);
    }
}
