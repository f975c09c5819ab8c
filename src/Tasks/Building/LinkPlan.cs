using DistBuild.Core.Hashing;
using DistBuild.Tasks.Toolsets;
using DistBuild.Tasks.Toolsets.Gcc;
using Microsoft.Build.Framework;

namespace DistBuild.Tasks.Building;

/// <summary>The command of a link, without the place of its output.</summary>
/// <param name="Inputs">Full paths of the files whose change calls for another link.</param>
/// <param name="Dropped">Libraries of Windows that were left out.</param>
/// <param name="Searched">The library folders, for a message about what is in none of them.</param>
/// <param name="Entries">What the project calls the libraries that the linker looks for itself, by the argument it gets.</param>
internal sealed record LinkPlan(
    IReadOnlyList<string> Arguments,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Dropped,
    IReadOnlyList<string> Searched,
    IReadOnlyDictionary<string, string> Entries)
{
    private static readonly string[] GccWholeProgram = ["-flto=auto"], ClangWholeProgram = ["-flto", "-ffat-lto-objects", "-fuse-ld=lld"];

    // Windows' C run-time has what these have, and projects do not name them.
    private static readonly string[] AlwaysThere = ["-lm", "-lpthread", "-ldl"];

    public static LinkPlan Of(LinkRequest request, CompilerDriver driver, ProjectPaths paths)
    {
        LinkSettings settings = request.Settings;
        string[] folders = [.. settings.Folders.Concat(ItemLists.Split(request.LibraryPath)).Select(paths.FullOnDisk).Distinct(FilePathComparer.Instance)];
        ITaskItem[] references = [.. request.References.Where(reference => Kind(reference) != "Object")];
        LibraryFinder finder = new(folders, [.. references.Concat(request.NamedReferences).Where(reference => Kind(reference) is "Static" or "Shared")], paths);

        string[] objects = [.. request.Objects.Concat(request.References.Where(reference => Kind(reference) == "Object")).Select(item => paths.FullOnDisk(item.ItemSpec))];
        List<FoundLibrary> libraries = [.. references.Where(reference => Kind(reference) is "Static" or "Shared").Select(reference => FoundLibrary.Of(reference.ItemSpec, reference.ItemSpec))];
        bool forWindows = Mingw.Is(driver);
        List<string> dropped = [];
        foreach (string entry in settings.Dependencies)
        {
            if (finder.Find(entry) is { } found)
            {
                libraries.Add(found);
            }
            else if (forWindows && Mingw.Argument(entry) is { } argument)
            {
                libraries.Add(new FoundLibrary(entry, File: null, argument, LibraryKind.Unknown));
            }
            else
            {
                dropped.Add(entry);
            }
        }

        FoundLibrary[] distinct = [.. libraries.GroupBy(library => library.Argument, StringComparer.Ordinal).Select(same => same.First())];
        string[] shared = [.. distinct.Where(library => library.Kind == LibraryKind.Shared).Select(library => library.File!)];
        string[] runtime = [.. references.Where(reference => Kind(reference) == "Runtime").Select(reference => reference.ItemSpec)];

        List<string> arguments = [.. driver.Arguments, .. forWindows ? Mingw.Mode(request) : Mode(request, driver)];
        arguments.AddRange(folders.Select(folder => "-L" + paths.Write(folder)));
        arguments.AddRange(forWindows ? [] : RunPath.Arguments(shared, runtime, Path.GetDirectoryName(settings.OutputFile)!));
        arguments.AddRange(objects.Select(paths.Write));
        arguments.AddRange(settings.Options.Arguments);
        // Archives may need each other in any order, as Microsoft's linker allows.
        string[] group = [.. distinct.Where(library => library.Kind != LibraryKind.Shared).Select(library => library.File is null ? library.Argument : paths.Write(library.File))];
        arguments.AddRange(group.Length > 1 ? ["-Wl,--start-group", .. group, "-Wl,--end-group"] : group);
        // Like an import library, a shared library counts only when something of it is used.
        arguments.AddRange(["-Wl,--as-needed", .. shared.Select(paths.Write), .. settings.NoDefaultLibraries || forWindows ? [] : AlwaysThere]);

        return new LinkPlan(
            arguments,
            [.. objects, .. distinct.Where(library => library.File is not null).Select(library => library.File!)],
            dropped,
            folders,
            distinct.Where(library => library.File is null).ToDictionary(library => library.Argument, library => library.Entry, StringComparer.Ordinal));
    }

    private static IEnumerable<string> Mode(LinkRequest request, CompilerDriver driver)
    {
        LinkSettings settings = request.Settings;
        bool sanitized = Any(request, "EnableASAN") || settings.Options.Arguments.Any(argument => argument.StartsWith("-fsanitize", StringComparison.Ordinal));
        if (request.Shared)
        {
            yield return "-shared";
            foreach (string argument in (string[])["-Xlinker", "-soname", "-Xlinker", Path.GetFileName(settings.OutputFile)])
            {
                yield return argument;
            }

            // A DLL may not have unresolved symbols; a sanitizer's are in the program.
            if (!sanitized)
            {
                yield return "-Wl,--no-undefined";
            }
        }

        if (settings.WholeProgram || request.References.Any(reference => LinkSettings.IsWholeProgram(reference.GetMetadata("LinkTimeCodeGeneration"))))
        {
            // GNU ld reads clang's link-time objects only with a plugin of the very same version; lld must be told that there is code beside them.
            foreach (string argument in driver.IsClang ? ClangWholeProgram : GccWholeProgram)
            {
                yield return argument;
            }
        }

        if (Any(request, "EnableASAN"))
        {
            yield return "-fsanitize=address";
        }

        if (Any(request, "OpenMPSupport"))
        {
            yield return "-fopenmp";
        }

        if (settings.Strip)
        {
            yield return "-Wl,--strip-debug";
        }

        if (settings.RemoveUnreferenced)
        {
            yield return "-Wl,--gc-sections";
        }

        if (settings.NoDefaultLibraries && !settings.Dependencies.Any(WindowsLibraries.IsRuntime))
        {
            yield return "-nodefaultlibs";
        }

        foreach (string symbol in settings.ForcedSymbols)
        {
            yield return "-Wl,-u," + symbol;
        }

        if (settings.MapFile is { } map)
        {
            yield return "-Xlinker";
            yield return "-Map=" + map;
        }
    }

    private static bool Any(LinkRequest request, string metadata) =>
        request.Objects.Concat(request.References).Any(item => item.GetMetadata(metadata).Equals("true", StringComparison.OrdinalIgnoreCase));

    private static string Kind(ITaskItem reference) => reference.GetMetadata("LinkKind");
}

/// <summary>What a link is made of.</summary>
internal sealed record LinkRequest(
    LinkSettings Settings, bool Shared, IReadOnlyList<ITaskItem> Objects, IReadOnlyList<ITaskItem> References, IReadOnlyList<ITaskItem> NamedReferences, string LibraryPath);
