namespace DistBuild.Core.Compilers.Gcc;

/// <summary>The header search of gcc and clang (gcc manual, "Options for Directory Search").</summary>
internal static class GccIncludeFolders
{
    private const string ListStart = "#include \"...\" search starts here:", ListMiddle = "#include <...> search starts here:", ListEnd = "End of search list.";
    private const string IgnoredStart = "ignoring nonexistent directory \"";

    private static readonly string[] Variables = ["CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH"];

    public static IncludeFolders Of(GccCommand command, IReadOnlyDictionary<string, string> environment)
    {
        string? reason = null;
        List<string> quoted = [], own = [], system = [], after = [], forced = [];
        foreach (ParsedArgument argument in command.Arguments.Where(argument => argument.Role == OptionRole.Preprocessor))
        {
            List<string>? list = argument.Name switch { "-iquote" => quoted, "-I" => own, "-isystem" => system, "-idirafter" => after, "-include" or "-imacros" => forced, _ => null };
            if (list is not null)
            {
                list.Add(argument.Value);
            }
            else if (argument.Name is not ("-D" or "-U" or "-Wp,-D" or "-Wp,-U"))
            {
                reason ??= argument.Name + " changes the header search";
            }
        }

        foreach (string name in Variables)
        {
            if (environment.TryGetValue(name, out string? value) && value.Length > 0)
            {
                reason ??= name + " adds folders to the header search";
                system.AddRange(value.Split(Path.PathSeparator).Select(folder => folder.Length == 0 ? "." : folder));
            }
        }

        return new IncludeFolders([.. quoted, .. own, .. system], after, reason) { Forced = forced };
    }

    /// <summary>Makes a compiler print its search list, to be read by <see cref="ReadSystem"/>.</summary>
    public static IReadOnlyList<string> Query(string language, IReadOnlyList<string> keyArguments) => [.. keyArguments, "-E", "-v", "-x", language, "/dev/null"];

    /// <summary>The toolchain's folders, also those that do not exist yet: they come first, because nobody says where they would stand.</summary>
    public static IReadOnlyList<string>? ReadSystem(string printed)
    {
        List<string> missing = [], folders = [];
        bool inList = false;
        foreach (string line in printed.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            if (line.StartsWith(IgnoredStart, StringComparison.Ordinal))
            {
                missing.Add(line.Substring(IgnoredStart.Length).TrimEnd('"'));
            }
            else if (line is ListStart or ListMiddle)
            {
                inList = true;
            }
            else if (line == ListEnd)
            {
                return [.. missing, .. folders];
            }
            else if (inList)
            {
                folders.Add(line.Trim());
            }
        }

        return null;
    }
}
