using System.Globalization;
using System.Text;
using DistBuild.Core.Processes;
using DistBuild.Core.Store;
using DistBuild.Tasks.Toolsets;
using DistBuild.Tasks.Toolsets.Gcc;
using Microsoft.Build.Framework;

namespace DistBuild.Tasks.Building;

/// <summary>
/// Makes a static library of objects, from nothing each time, so that nothing of a removed source stays in it. Libraries among the inputs are
/// taken apart and put in, as Microsoft's librarian does.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class ArchiveObjects : BuildTask
{
    public ITaskItem[] Objects { get; set; } = [];

    /// <summary>One item with the metadata of the project's Lib definition.</summary>
    [Required]
    public ITaskItem Settings { get; set; } = null!;

    public ITaskItem[] References { get; set; } = [];

    public string LibraryPath { get; set; } = "";

    /// <summary>The archiver; empty for the one that belongs to the compiler.</summary>
    public string Archiver { get; set; } = "";

    public string CCompiler { get; set; } = "";

    /// <summary>The folder of incremental build records.</summary>
    [Required]
    public string Records { get; set; } = "";

    private protected override async System.Threading.Tasks.Task RunAsync(ProjectPaths paths, CancellationToken cancellationToken)
    {
        LinkSettings settings = LinkSettings.Read(Settings, paths);
        Dictionary<string, string> environment = ReadEnvironment();
        string program = Archiver.Length > 0 ? Archiver : Archivers.For(Driver(CCompiler, "gcc", paths, environment), environment);
        CompilerDriver archiver = Driver(program, "ar", paths, environment);
        FoundLibrary[] inputs = [.. Inputs(settings, paths)];
        string[] files = [.. inputs.Select(input => input.File!)];

        StepRecord record = new(Path.Combine(paths.Full(Records), "lib.record"));
        string[] told = [archiver.Program, .. archiver.Arguments, settings.OutputFile];
        if (record.IsCurrent(told, files))
        {
            Log.LogMessage(MessageImportance.Low, "{0}: all outputs are up to date.", settings.OutputFile);
            return;
        }

        record.Forget();
        if (Directory.Exists(settings.OutputFile))
        {
            Error(BuildingDiagnostics.OutputIsFolder, settings.OutputFile);
        }
        else if (files.FirstOrDefault(file => !File.Exists(file)) is { } missing)
        {
            Error(BuildingDiagnostics.ObjectMissing, missing, settings.OutputFile);
        }
        else if (await ArchiveAsync(settings.OutputFile, inputs, archiver, paths, environment, cancellationToken).ConfigureAwait(false))
        {
            record.Save(told, files, [settings.OutputFile]);
        }
    }

    private IEnumerable<FoundLibrary> Inputs(LinkSettings settings, ProjectPaths paths)
    {
        foreach (string file in Objects.Select(item => paths.FullOnDisk(item.ItemSpec)))
        {
            yield return FoundLibrary.Of(file, file);
        }

        foreach (ITaskItem reference in References)
        {
            string kind = reference.GetMetadata("LinkKind");
            if (kind == "Object" || (kind == "Static" && settings.MergeReferences))
            {
                yield return FoundLibrary.Of(reference.ItemSpec, reference.ItemSpec);
            }
        }

        string[] folders = [.. settings.Folders.Concat(ItemLists.Split(LibraryPath)).Select(paths.FullOnDisk)];
        LibraryFinder finder = new(folders, References, paths);
        List<string> dropped = [];
        foreach (string entry in settings.Dependencies)
        {
            if (finder.Find(entry) is { File: not null } found)
            {
                yield return found;
            }
            else
            {
                dropped.Add(entry);
            }
        }

        if (dropped.Count > 0)
        {
            Say(MessageImportance.Low, BuildingDiagnostics.SystemLibrariesDropped, string.Join(", ", dropped));
        }

        if (settings.LeftOut.Count > 0)
        {
            Say(MessageImportance.Normal, BuildingDiagnostics.LinkOptionsLeftOut, "librarian", string.Join(" ", settings.LeftOut));
        }
    }

    private async Task<bool> ArchiveAsync(
        string output, IReadOnlyList<FoundLibrary> inputs, CompilerDriver archiver, ProjectPaths paths, Dictionary<string, string> environment, CancellationToken cancellationToken)
    {
        string members = Path.Combine(paths.Full(Records), "merged");
        try
        {
            string[] objects = [.. inputs.SelectMany((input, number) => input.Kind == LibraryKind.Archive ? TakeApart(input.File!, Path.Combine(members, Text(number))) : [input.File!])];
            // q appends whatever the name: two objects of one name from different folders both stay.
            ProcessResult result = await OutputTool.RunAsync(
                archiver.Program, file => [.. archiver.Arguments, "qcsD", file, .. objects.Select(paths.Write)], output,
                Path.Combine(paths.Full(Records), "lib.rsp"), paths, environment, cancellationToken).ConfigureAwait(false);
            string printed = (Encoding.UTF8.GetString(result.Errors) + Encoding.UTF8.GetString(result.Output)).Trim();
            if (result.ExitCode != 0)
            {
                Error(BuildingDiagnostics.ToolFailed, archiver.Program, result.ExitCode, printed);
            }
            else if (printed.Length > 0)
            {
                Warn(BuildingDiagnostics.LinkWarning, printed);
            }

            return result.ExitCode == 0;
        }
        catch (InvalidDataException e)
        {
            Error(BuildingDiagnostics.NotAnArchive, output, e.Message);
        }
        catch (ProcessStartException e)
        {
            Error(BuildingDiagnostics.ToolFailedToStart, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Error(BuildingDiagnostics.OutputNotWritten, output, e.Message);
        }
        finally
        {
            if (Directory.Exists(members))
            {
                Directory.Delete(members, recursive: true);
            }
        }

        return false;
    }

    private static List<string> TakeApart(string archive, string folder)
    {
        List<string> files = [];
        foreach ((string name, ReadOnlyMemory<byte> content) in ArchiveReader.Read(archive))
        {
            // A folder for each: members may have one name, and a name is not trusted to be a path.
            string file = Path.Combine(folder, Text(files.Count), Path.GetFileName(name));
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            AtomicFile.Write(file, content, CancellationToken.None);
            files.Add(file);
        }

        return files;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
