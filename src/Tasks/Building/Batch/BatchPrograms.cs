using System.Text.RegularExpressions;
using DistBuild.Tasks.Toolsets;

namespace DistBuild.Tasks.Building.Batch;

/// <summary>
/// Finds what a command written for Windows means on this machine: programs of the build by their path, CMake and interpreters by their name, whatever
/// drive they were installed on.
/// </summary>
internal sealed class BatchPrograms(ProjectPaths paths, IReadOnlyDictionary<string, string> environment)
{
    // Commands of cmd.exe, and programs of Windows that mean something else elsewhere.
    private static readonly HashSet<string> OfWindows = new(
        """
        assoc attrib break call cd chdir cls color comp convert copy date del dir endlocal erase exit expand fc find findstr for format ftype goto icacls if
        label md mkdir mklink more move path pause popd powershell print prompt pushd rd reg rem ren rename replace rmdir robocopy sc schtasks set setlocal
        shift sort start subst taskkill time timeout title tree type ver verify vol where xcopy
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
        StringComparer.OrdinalIgnoreCase);

    // A folder of Windows' that one of these was installed to says nothing here. Others there are tools that this machine cannot have.
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["cmake"] = ["cmake"],
        ["ctest"] = ["ctest"],
        ["cpack"] = ["cpack"],
        ["python"] = ["python3", "python"],
        ["python3"] = ["python3", "python"],
        ["perl"] = ["perl"],
        ["git"] = ["git"],
        ["bison"] = ["bison"],
        ["win_bison"] = ["bison"],
        ["flex"] = ["flex"],
        ["win_flex"] = ["flex"],
        ["sh"] = ["sh"],
        ["bash"] = ["bash"],
    };

    private static readonly Regex ForeignCMake =
        new(@"(?<=^|=)[A-Za-z]:[\\/](?:[^""<>|:;]*[\\/])?(?<name>cmake|ctest|cpack)(?:\.exe)?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    /// <param name="words">The program and its arguments.</param>
    /// <param name="text">The same as it is written, for commands that do not split it.</param>
    public BatchTranslation Command(IReadOnlyList<string> words, string text)
    {
        if (words.Count == 0)
        {
            return BatchTranslation.Impossible("has no program");
        }

        string program = words[0];
        if (program.Equals("echo", StringComparison.OrdinalIgnoreCase))
        {
            string said = text.TrimStart();
            return new BatchTranslation($"printf '%s\\n' {BatchLine.Quote(said.Length > 5 ? said.Substring(5).TrimEnd() : "")}", Why: null);
        }

        if (program.Equals("cd", StringComparison.OrdinalIgnoreCase) && words.Count == 2)
        {
            return new BatchTranslation($"cd {BatchLine.Quote(paths.FullOnDisk(words[1]))}", Why: null);
        }

        if (OfWindows.Contains(WithoutExe(program)))
        {
            return BatchTranslation.Impossible($"needs '{program}' of Windows");
        }

        bool hasFolder = program.IndexOfAny(['\\', '/']) >= 0 && !ProjectPaths.IsForeign(program);
        string? found = hasFolder ? InFolder(program) : OnPath(program);
        if (found is null)
        {
            return BatchTranslation.Impossible($"needs '{WithoutExe(Name(program))}', which is not {(hasFolder ? "there" : "on PATH")}");
        }

        string shell = string.Join(" ", words.Skip(1).Select(Argument).Prepend(found).Select(BatchLine.Quote));
        if (hasFolder && IsForWindows(found))
        {
            if (Programs.Find("wine", environment) is not { } wine)
            {
                return BatchTranslation.Impossible($"needs '{WithoutExe(Name(program))}', which this build made for Windows, and there is no wine on PATH");
            }

            // Without a screen it has much to say that nobody asked for.
            shell = $"WINEDEBUG=\"${{WINEDEBUG:--all}}\" {BatchLine.Quote(wine)} {shell}";
        }

        return new BatchTranslation(shell, Why: null);
    }

    /// <summary>A file that a command is redirected to or from.</summary>
    public string File(string word) => word.Equals("nul", StringComparison.OrdinalIgnoreCase) ? "/dev/null" : word.Replace('\\', '/');

    /// <summary>Full paths that CMake spelled with backslashes, and CMake itself; everything else is the program's own business.</summary>
    private string Argument(string word)
    {
        if (ForeignCMake.Match(word) is { Success: true } match)
        {
            return word.Substring(0, match.Index) + (Programs.Find(match.Groups["name"].Value.ToLowerInvariant(), environment) ?? match.Value);
        }

        int start = word.IndexOf('\\');
        bool isWhole = start == 0 || (start > 0 && word[start - 1] == '=');
        string path = isWhole ? word.Substring(start).Replace('\\', '/') : "";
        int second = path.Length > 1 ? path.IndexOf('/', 1) : -1;
        return second > 1 && Directory.Exists(path.Substring(0, second)) ? word.Substring(0, start) + path : word;
    }

    private string? InFolder(string program)
    {
        string file = paths.FullOnDisk(program);
        return System.IO.File.Exists(file) ? file : paths.FullOnDisk(WithoutExe(program)) is { } bare && System.IO.File.Exists(bare) ? bare : null;
    }

    /// <summary>Whether it begins as programs of Windows do: with the letters MZ.</summary>
    private static bool IsForWindows(string file)
    {
        if (Path.DirectorySeparatorChar == '\\')
        {
            return false;
        }

        try
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return stream.ReadByte() == 'M' && stream.ReadByte() == 'Z';
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The shell will say what is wrong with it.
            return false;
        }
    }

    private string? OnPath(string program)
    {
        string name = WithoutExe(Name(program));
        string[] names = Known.TryGetValue(name, out string[]? known) ? known : ProjectPaths.IsForeign(program) ? [] : [name];
        return names.Select(candidate => Programs.Find(candidate, environment)).FirstOrDefault(file => file is not null);
    }

    private static string Name(string program) => program.Substring(program.LastIndexOfAny(['\\', '/']) + 1);

    private static string WithoutExe(string program) => program.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? program.Substring(0, program.Length - 4) : program;
}
