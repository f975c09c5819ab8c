namespace DistBuild.Tasks.Toolsets.Gcc;

/// <summary>Macros on the command line: the project's own, without those that claim the target is Windows, and a translation of __declspec.</summary>
internal static class Definitions
{
    /// <summary>
    /// Left out, because sources take them for "windows.h and the rest are there". Others that Windows projects define
    /// (<c>UNICODE</c>, <c>_MBCS</c>, <c>_LIB</c>, <c>_USRDLL</c>, <c>NOMINMAX</c>, <c>_CRT_SECURE_NO_WARNINGS</c>, …) do no harm and stay.
    /// </summary>
    public static IReadOnlyList<string> WindowsOnly { get; } =
    [
        "WIN32", "_WIN32", "__WIN32__", "WIN64", "_WIN64", "__WIN64__", "WINDOWS", "_WINDOWS", "__WINDOWS__", "_WINDLL",
        "_WIN32_WINNT", "_WIN32_WINDOWS", "_WIN32_IE", "WINVER", "NTDDI_VERSION",
    ];

    /// <summary>
    /// gcc and clang have no __declspec on this system, yet projects ask for it by a macro (<c>LZ4_DLL_EXPORT=1</c>), whatever they build. So every
    /// compile has it, attribute by attribute. A plain empty <c>__declspec(x)</c> would also drop <c>align</c> and <c>thread</c>, and the program would
    /// be wrong without a word; this way an attribute without a counterpart gets a warning that names it.
    /// </summary>
    public static IReadOnlyList<string> Declspec { get; } =
    [
        "__declspec(x)=__attribute__((__declspec_##x))",
        "__declspec_align=__aligned__",
        "__declspec_deprecated=__deprecated__",
        "__declspec_dllexport=__visibility__(\"default\")",
        "__declspec_dllimport=",
        "__declspec_noinline=__noinline__",
        "__declspec_noreturn=__noreturn__",
        "__declspec_nothrow=__nothrow__",
        "__declspec_novtable=",
        "__declspec_restrict=__malloc__",
        "__declspec_selectany=__weak__",
    ];

    public static IEnumerable<string> Arguments(CompileSettings settings)
    {
        string[] wanted = [.. settings.Definitions.Select(Normalize).Where(definition => !WindowsOnly.Contains(Name(definition)))];
        string[] names = [.. wanted.Select(Name)];
        for (int i = 0; i < wanted.Length; i++)
        {
            // cl goes by the last of a name without a word; gcc and clang would warn, and fail the build where warnings are errors.
            if (Array.LastIndexOf(names, names[i]) == i)
            {
                yield return "-D" + wanted[i];
            }
        }

        if (!Defines(settings, "__declspec"))
        {
            foreach (string definition in Declspec)
            {
                yield return "-D" + definition;
            }
        }

        foreach (string name in settings.Undefinitions)
        {
            yield return "-U" + name;
        }
    }

    public static bool Defines(CompileSettings settings, string name) => settings.Definitions.Any(definition => Name(Normalize(definition)) == name);

    private static string Normalize(string definition)
    {
        // Visual Studio takes away quotes around the whole, and cl takes NAME#VALUE for NAME=VALUE.
        string bare = definition.Length > 1 && definition[0] == '"' && definition[definition.Length - 1] == '"'
            ? definition.Substring(1, definition.Length - 2)
            : definition;
        int end = bare.IndexOfAny(['=', '#']);
        return end > 0 && bare[end] == '#' ? bare.Substring(0, end) + "=" + bare.Substring(end + 1) : bare;
    }

    private static string Name(string definition)
    {
        int end = definition.IndexOfAny(['=', '(']);
        return (end < 0 ? definition : definition.Substring(0, end)).Trim();
    }
}
