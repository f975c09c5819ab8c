namespace DistBuild.Core.Compilers;

/// <summary>Finds programs the way a shell does.</summary>
public static class DriverFinder
{
    private static readonly string[] WindowsExtensions = ["", ".exe"];

    /// <summary>
    /// The full path of a program: a name with a folder in it starts at the working directory, any other is looked up on PATH; null when there is none.
    /// </summary>
    public static string? Find(string program, string workingDirectory, IReadOnlyDictionary<string, string> environment)
    {
        try
        {
            if (program.IndexOfAny(['/', Path.DirectorySeparatorChar]) >= 0)
            {
                return Existing(Path.GetFullPath(Path.Combine(workingDirectory, program)));
            }

            return Folders(environment)
                .Select(folder => Existing(Path.GetFullPath(Path.Combine(workingDirectory, folder, program))))
                .FirstOrDefault(found => found is not null);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or PathTooLongException)
        {
            return null;
        }
    }

    /// <summary>The places where a program was looked for, up to the one where it is; empty when it is nowhere.</summary>
    public static IReadOnlyList<string> FindOnPath(string program, string workingDirectory, IReadOnlyDictionary<string, string> environment)
    {
        List<string> tried = [];
        foreach (string folder in Folders(environment))
        {
            string candidate = Path.GetFullPath(Path.Combine(workingDirectory, folder, program));
            tried.Add(Existing(candidate) ?? candidate);
            if (Existing(candidate) is not null)
            {
                return tried;
            }
        }

        return [];
    }

    /// <summary>The folders of PATH, in order.</summary>
    public static IEnumerable<string> Folders(IReadOnlyDictionary<string, string> environment)
    {
        string path = "";
        foreach (KeyValuePair<string, string> variable in environment)
        {
            if (path.Length == 0 && string.Equals(variable.Key, "PATH", StringComparison.OrdinalIgnoreCase))
            {
                path = variable.Value;
            }
        }

        return path.Split([Path.PathSeparator], StringSplitOptions.RemoveEmptyEntries);
    }

    private static string? Existing(string path) =>
        (Path.DirectorySeparatorChar == '\\' ? WindowsExtensions : [""]).Select(extension => path + extension).FirstOrDefault(IsProgram);

    private static bool IsProgram(string path)
    {
#if NETSTANDARD2_0
        return File.Exists(path);
#else
        const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Executable) != 0);
#endif
    }
}
