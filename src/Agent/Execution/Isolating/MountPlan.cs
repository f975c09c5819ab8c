using DistBuild.Core.Compilers;

namespace DistBuild.Agent.Execution.Isolating;

/// <summary>
/// What a sandbox shows of this machine, as arguments of bwrap: single files, read-only, at their own paths with the symbolic links that lead to them, so that a
/// compiler finds its parts as it does outside.
/// </summary>
internal sealed class MountPlan
{
    // Linux' own limit (MAXSYMLINKS).
    private const int MaximumLinks = 40;

    // What the C library loads by name rather than by being linked: character sets, and the words of LC_ALL=C.UTF-8 before glibc 2.35.
    private const string CharacterSets = "gconv";
    private static readonly string[] Locales = ["/usr/lib/locale/C.utf8", "/usr/lib/locale/C.UTF-8"];

    private readonly List<string> _arguments = [];
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);
    private readonly List<string> _folders = [];

    private MountPlan()
    {
    }

    /// <summary>For one compiler: the files that its identity is made of, and nothing else.</summary>
    public static IReadOnlyList<string> Of(Toolchain compiler)
    {
        MountPlan plan = new();
        string[] libraries = [.. compiler.Files.Where(file => Path.GetFileName(file).StartsWith("libc.", StringComparison.Ordinal))];
        IEnumerable<string> sets = libraries.Select(library => Path.Combine(Path.GetDirectoryName(library)!, CharacterSets));
        foreach (string path in (IEnumerable<string>)[.. sets, .. Locales, compiler.Driver, .. compiler.Files])
        {
            plan.Add(path);
        }

        return plan._arguments;
    }

    private void Add(string path)
    {
        if (!Path.Exists(path))
        {
            return;
        }

        string real = Resolve(path);
        if (IsShown(real) || !_made.Add(real))
        {
            return;
        }

        _arguments.AddRange(["--ro-bind", real, real]);
        if (Directory.Exists(real))
        {
            _folders.Add(real + "/");
        }
    }

    /// <summary>The path without symbolic links; those on the way become part of the plan.</summary>
    private string Resolve(string path)
    {
        string resolved = "";
        int links = 0;
        Stack<string> rest = new(Parts(path));
        while (rest.TryPop(out string? part))
        {
            if (part == "..")
            {
                // The folder itself must be there for its parent to be found through it.
                Make(resolved, "--dir", resolved);
                resolved = resolved.Length == 0 ? "" : resolved[..resolved.LastIndexOf('/')];
                continue;
            }

            string next = $"{resolved}/{part}";
            if (new FileInfo(next).LinkTarget is not { } target || ++links > MaximumLinks)
            {
                resolved = next;
                continue;
            }

            Make(next, "--symlink", target, next);
            resolved = target.StartsWith('/') ? "" : resolved;
            foreach (string step in Parts(target))
            {
                rest.Push(step);
            }
        }

        return resolved;
    }

    private void Make(string path, params string[] arguments)
    {
        if (path.Length > 0 && !IsShown(path) && _made.Add(path))
        {
            _arguments.AddRange(arguments);
        }
    }

    private bool IsShown(string path) => _folders.Exists(folder => path.StartsWith(folder, StringComparison.Ordinal));

    private static IEnumerable<string> Parts(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").Reverse();
}
