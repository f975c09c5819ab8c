using DistBuild.Tasks.Toolsets;
using Microsoft.Build.Framework;

namespace DistBuild.Tasks.Building;

/// <summary>
/// What an entry of AdditionalDependencies means here. <c>foo.lib</c> is a file of that name, <c>libfoo.a</c>, <c>libfoo.so</c>, <c>foo.a</c>
/// or <c>foo.so</c>, in the folder it names, the project's, or the library folders; or what a referenced project makes; or a library the linker knows.
/// </summary>
internal sealed class LibraryFinder(IReadOnlyList<string> folders, IReadOnlyList<ITaskItem> references, ProjectPaths paths)
{
    /// <summary>Null for one of Windows' own libraries.</summary>
    public FoundLibrary? Find(string entry)
    {
        string name = entry.Trim().Trim('"').Replace('\\', '/');
        if (name.StartsWith("-", StringComparison.Ordinal))
        {
            return new FoundLibrary(entry, File: null, Argument: name, LibraryKind.Unknown);
        }

        string? extension = Extension(name);
        // A bare name that a referenced project makes is that one, even where a Windows build of it lies in a library folder.
        string? made = references.FirstOrDefault(reference => Names(reference).Contains(Stem(name), StringComparer.OrdinalIgnoreCase))?.ItemSpec;
        string? file = name.IndexOf('/') < 0 ? made ?? FindFile(name, extension) : FindFile(name, extension) ?? made;
        if (file is not null)
        {
            return FoundLibrary.Of(entry, ImportLibrary.Target(file) ?? file);
        }

        if (name.IndexOf('/') < 0 && WindowsLibraries.Contains(name))
        {
            return null;
        }

        bool known = extension is null or ".lib" && name.IndexOf('/') < 0;
        string stem = Stem(name);
        string bare = stem.StartsWith("lib", StringComparison.OrdinalIgnoreCase) && stem.Length > 3 && extension is not null ? stem.Substring(3) : stem;
        return new FoundLibrary(entry, File: null, Argument: known ? "-l" + bare : paths.Write(paths.Full(name)), LibraryKind.Unknown);
    }

    private string? FindFile(string name, string? extension)
    {
        string folder = Path.GetDirectoryName(name) ?? "";
        string stem = Stem(name);
        string[] candidates = extension is null ? [] : extension == ".lib"
            ? [Path.GetFileName(name), $"lib{stem}.a", $"lib{stem}.so", $"{stem}.a", $"{stem}.so"]
            : [Path.GetFileName(name)];
        IEnumerable<string> places = Path.IsPathRooted(name) ? [folder] : [folder, .. folders.Select(place => Path.Combine(place, folder))];
        return places
            .SelectMany(place => candidates.Select(candidate => paths.FullOnDisk(Path.Combine(place, candidate))))
            .FirstOrDefault(File.Exists);
    }

    private static IEnumerable<string> Names(ITaskItem reference) =>
        reference.GetMetadata("LinkNames").Split(';').Append(reference.ItemSpec)
            .Select(name => Stem(name.Replace('\\', '/')))
            .Where(name => name.Length > 0)
            .SelectMany(name => new[] { name, name.StartsWith("lib", StringComparison.Ordinal) ? name.Substring(3) : name });

    /// <summary>The extension that says what kind of file it is; a dot may as well be a part of the name (<c>foo-1.2</c>).</summary>
    private static string? Extension(string name) =>
        Path.GetExtension(name).ToUpperInvariant() switch { ".LIB" => ".lib", ".A" => ".a", ".SO" => ".so", ".O" => ".o", ".OBJ" => ".obj", ".RES" => ".res", _ => null };

    private static string Stem(string name) => Extension(name) is null ? Path.GetFileName(name) : Path.GetFileNameWithoutExtension(name);
}
