namespace DistBuild.Agent.Commands.Initialization;

/// <summary>
/// <c>Directory.Build.rsp</c>: tells every <c>dotnet build</c> and <c>dotnet msbuild</c> below its folder where the portable VC targets are, for the build
/// (<c>-p</c>) and for restore (<c>-rp</c>; without it a solution skips restore, NU1503). MSBuild reads the nearest one above what is built, and no other.
/// </summary>
internal static class ResponseFileStep
{
    public const string FileName = "Directory.Build.rsp";

    private const string Purpose = "where the VC targets are, on this machine";

    /// <param name="folder">The folder of the response file; full path.</param>
    /// <param name="targets">The folder of the VC targets; full path.</param>
    public static FileStep Plan(string folder, string targets)
    {
        string path = Path.Combine(folder, FileName);
        // Quoted: MSBuild splits a response file at white space after it has put the folder in.
        string value = $"\"%MSBuildThisFileDirectory%{Path.GetRelativePath(folder, targets).Replace('\\', '/')}/\"";
        string[] wanted = [$"-p:VCTargetsPath={value}", $"-rp:VCTargetsPath={value}"];
        if (TextFile.TryRead(path) is not { } file)
        {
            List<string> lines = [.. ParentLines(folder), .. wanted];
            return new FileStep(path, StepKind.Create, Purpose, lines, () => TextFile.Create(path, string.Join('\n', lines) + '\n'));
        }

        string? build = Setting(file.Text, restore: false), restore = Setting(file.Text, restore: true);
        if ((build ?? restore) is null && IncludesParent(file.Text) && SetAbove(folder) is { } above)
        {
            return FileStep.Right(path, $"takes VCTargetsPath from {above}");
        }

        if (new[] { build, restore }.Any(setting => setting is not null && !LeadsTo(setting, folder, targets)))
        {
            return FileStep.ByHand(path, $"sets VCTargetsPath to {build ?? restore} already; to use DistBuild's targets, replace it with", wanted);
        }

        string[] missing = [.. wanted.Where((_, i) => (i == 0 ? build : restore) is null)];
        if (missing.Length == 0)
        {
            return FileStep.Right(path, "knows where the VC targets are");
        }

        string separator = file.Text.Length == 0 || file.Text[^1] == '\n' ? "" : file.NewLine;
        string text = file.Text + separator + string.Concat(missing.Select(line => line + file.NewLine));
        return new FileStep(path, StepKind.Change, Purpose, missing, () => file.Write(text));
    }

    /// <summary>The folder of VC targets that the response file of a project names, full path; null when none does.</summary>
    public static string? TargetsFor(string project)
    {
        string? path = PropsChain.Above(Path.GetDirectoryName(project), FileName);
        while (path is not null)
        {
            string folder = Path.GetDirectoryName(path)!, text = TextFile.TryRead(path)!.Text;
            if (Setting(text, restore: false) is { } setting)
            {
                return FolderOf(setting, folder);
            }

            path = IncludesParent(text) ? PropsChain.Above(Path.GetDirectoryName(folder), FileName) : null;
        }

        return null;
    }

    /// <summary>The response file above a folder that MSBuild would read there, when it sets VCTargetsPath already; else null.</summary>
    public static string? SetAbove(string folder)
    {
        string? path = PropsChain.Above(Path.GetDirectoryName(folder), FileName);
        return path is not null && Setting(TextFile.TryRead(path)!.Text, restore: false) is not null ? path : null;
    }

    // A new file would hide one further up, which MSBuild reads today.
    private static string[] ParentLines(string folder) => PropsChain.Above(Path.GetDirectoryName(folder), FileName) is { } parent
        ? [$"@\"%MSBuildThisFileDirectory%{Path.GetRelativePath(folder, parent).Replace('\\', '/')}\""]
        : [];

    private static bool LeadsTo(string setting, string folder, string targets)
    {
        string path = FolderOf(setting, folder);
        return path == targets || (Directory.Exists(path) && path.Replace('\\', '/').EndsWith(TargetsFolder.RelativePath, StringComparison.Ordinal));
    }

    private static string FolderOf(string setting, string folder)
    {
        string value = setting.Replace('\\', '/').Replace("%MSBuildThisFileDirectory%", folder + "/", StringComparison.OrdinalIgnoreCase);
        return Path.GetFullPath(value, folder).TrimEnd('/', '\\');
    }

    private static string? Setting(string text, bool restore) => ResponseFileText.Property(text, "VCTargetsPath", restore);

    private static bool IncludesParent(string text) =>
        ResponseFileText.Includes(text).Any(include => Path.GetFileName(include.Replace('\\', '/')).Equals(FileName, StringComparison.OrdinalIgnoreCase));
}
