namespace DistBuild.Core.Compilers.Msvc;

/// <summary>The object a command writes ("/Fo (Object file name)"; clang's MakeCLOutputFilename).</summary>
internal static class ClOutput
{
    private const string Extension = ".obj";

    /// <summary>As the compiler spells it: the source's name with another extension, in the folder that /Fo names; or the file that it names, with an extension.</summary>
    public static string Of(ClCommand command, string source)
    {
        string named = command.Last(argument => argument.Role == ClRole.Object)?.Value ?? "";
        return named.Length == 0 ? Stem(command.Dialect, source) + Extension
            : command.Dialect.IsSeparator(named[named.Length - 1]) ? named + Stem(command.Dialect, source) + Extension
            : FileName(command.Dialect, named).Contains('.') ? named
            : named + Extension;
    }

    /// <summary>Whether the name is a device instead of a file.</summary>
    public static bool IsDevice(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal) || string.Equals(path, "nul.obj", StringComparison.OrdinalIgnoreCase)
        || string.Equals(path, "con.obj", StringComparison.OrdinalIgnoreCase);

    public static string FileName(ClDialect dialect, string path)
    {
        int start = path.Length;
        while (start > 0 && !dialect.IsSeparator(path[start - 1]))
        {
            start--;
        }

        return path.Substring(start);
    }

    private static string Stem(ClDialect dialect, string source)
    {
        string name = FileName(dialect, source);
        int dot = name.LastIndexOf('.');
        return dot < 0 ? name : name.Substring(0, dot);
    }
}
