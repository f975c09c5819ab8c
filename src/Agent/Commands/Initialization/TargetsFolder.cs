using DistBuild.Core.Hashing;

namespace DistBuild.Agent.Commands.Initialization;

/// <summary>
/// The portable VC targets, which come with the tool and are copied to <c>.distbuild/vc</c> beside the projects: the path in <c>Directory.Build.rsp</c> then
/// does not depend on where the tool is installed. A stamp says which version the copy is, and the digest of its files.
/// </summary>
internal static class TargetsFolder
{
    public const string RelativePath = ".distbuild/vc";

    /// <summary>Where the tool's own targets are looked for instead of beside the tool.</summary>
    public const string Variable = "DISTBUILD_VC";

    private const string StampName = ".version", FirstFile = "Microsoft.Cpp.Default.props";

    /// <exception cref="CommandException">This installation has no targets.</exception>
    public static string Installed(CommandContext context)
    {
        string folder = context.Variable(Variable) is { Length: > 0 } named ? context.FullPath(named) : Beside(AppContext.BaseDirectory);
        return File.Exists(Path.Combine(folder, FirstFile))
            ? folder
            : throw new CommandException(
                $"the VC targets that belong to this tool are not at {folder}; install the tool again (dotnet tool update DistBuild.Tool).");
    }

    /// <summary>A program that was compiled for one system is in a folder beside that for any, and the targets are there once.</summary>
    private static string Beside(string program)
    {
        string own = Path.Combine(program, "vc"), shared = Path.GetFullPath(Path.Combine(program, "..", "any", "vc"));
        return File.Exists(Path.Combine(own, FirstFile)) || !File.Exists(Path.Combine(shared, FirstFile)) ? own : shared;
    }

    public static FileStep Plan(string root, string installed, string version)
    {
        string target = Path.Combine(root, ".distbuild", "vc");
        IReadOnlyList<string> files = FilesOf(installed);
        string stamp = $"{version} {DigestOf(installed, files)}";
        string? present = ReadStamp(target);
        string what = $"portable VC targets {version}";
        if (present == stamp)
        {
            return FileStep.Right(target, what);
        }

        string? presentVersion = present?.Split(' ')[0];
        if (presentVersion is not null && ToolVersion.Compare(presentVersion, version) > 0)
        {
            return FileStep.Right(target, $"portable VC targets {presentVersion}, newer than this tool; left as they are");
        }

        return new FileStep(target, Directory.Exists(target) ? StepKind.Change : StepKind.Create, what, [], () => Copy(installed, files, target, stamp));
    }

    private static void Copy(string installed, IReadOnlyList<string> files, string target, string stamp)
    {
        string folder = Path.GetDirectoryName(target)!;
        string fresh = Path.Combine(folder, $"vc.{Guid.NewGuid():n}.tmp");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, ".gitignore"), "*\n");
        try
        {
            foreach (string file in files)
            {
                string copy = Path.Combine(fresh, file);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(Path.Combine(installed, file), copy);
            }

            File.WriteAllText(Path.Combine(fresh, StampName), stamp + "\n");
            if (Directory.Exists(target))
            {
                Directory.Delete(target, recursive: true);
            }

            Directory.Move(fresh, target);
        }
        finally
        {
            if (Directory.Exists(fresh))
            {
                Directory.Delete(fresh, recursive: true);
            }
        }
    }

    private static string? ReadStamp(string target)
    {
        string path = Path.Combine(target, StampName);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
    }

    private static string[] FilesOf(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];

    private static Digest DigestOf(string folder, IReadOnlyList<string> files)
    {
        using KeyBuilder key = new("targets/1");
        foreach (string file in files)
        {
            using FileStream content = File.OpenRead(Path.Combine(folder, file));
            key.Add(file.Replace('\\', '/'), Digest.Of(content));
        }

        return key.Build();
    }
}
