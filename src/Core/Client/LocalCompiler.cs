using System.Text;
using DistBuild.Core.Compilers;
using DistBuild.Core.Processes;
using DistBuild.Core.Store;
using DistBuild.Core.Units;

namespace DistBuild.Core.Client;

/// <summary>Compiles a unit on this machine from its source, as the plain build would, and learns which files it read.</summary>
internal static class LocalCompiler
{
    private const string ReportExtension = ".reads";

    /// <summary>Compiles to the unit's object: whole, or not at all.</summary>
    /// <param name="family">Whose command line it is; null runs the command as it is and learns nothing of what it reads.</param>
    /// <param name="mayEnd">Asked when the compiler has ended, before anything is written: false when somebody else has ended the unit meanwhile.</param>
    /// <returns>Null when it may not end the unit; then nothing is left of this compile.</returns>
    public static async Task<LocalCompile?> CompileAsync(
        TranslationUnit unit, ICompilerFamily? family, CommandVerdict.Cacheable? verdict, Func<bool> mayEnd, CancellationToken cancellationToken)
    {
        bool inPlace = family is ICompileReports;
        string temporary = inPlace ? unit.Object : AtomicFile.TemporaryPath(unit.Object);

        // Debug information may have the whole command line, which has to be the same in every compile.
        string dependencies = inPlace ? unit.Object + ReportExtension : temporary + ".d";
        CompileCommand? tracked = verdict is null ? family?.TrackDependencies(unit.Command, dependencies) : family!.CompileSource(unit.Command, verdict, temporary, dependencies);
        if (inPlace)
        {
            // What is there afterwards is of this compile.
            DeleteStale(unit.Object);
        }

        try
        {
            ProcessResult run = await ProcessRunner.RunAsync(ProcessRequest.For(tracked ?? unit.Command), cancellationToken).ConfigureAwait(false);
            if (!mayEnd())
            {
                return null;
            }

            CompileReport? report = (family as ICompileReports)?.ReadReport(unit.Command, File.Exists(dependencies) ? File.ReadAllText(dependencies) : null, run.Output);
            run = report is null ? run : run with { Output = report.Output };
            if (run.ExitCode != 0)
            {
                DeleteStale(unit.Object);
                return new LocalCompile(run, null, null);
            }

            if (!File.Exists(dependencies) && family?.ListInputs(unit.Command, dependencies) is { } listing)
            {
                await ProcessRunner.RunAsync(ProcessRequest.For(listing), cancellationToken).ConfigureAwait(false);
            }

            byte[]? rules = family is not null && File.Exists(dependencies) ? File.ReadAllBytes(dependencies) : null;
            IReadOnlyList<string>? read = report is not null ? report.Files : rules is null ? null : family!.ReadDependencies(Encoding.UTF8.GetString(rules)), own = null;
            byte[]? bytes = null;
            if (verdict is not null)
            {
                bytes = File.ReadAllBytes(temporary);
                if (verdict.DependencyFile is { } wanted && rules is not null)
                {
                    own = await KeepDependenciesAsync(unit.Command, family!, verdict, dependencies, cancellationToken).ConfigureAwait(false);
                    AtomicFile.Write(unit.Command.FullPath(wanted), File.ReadAllBytes(dependencies), CancellationToken.None);
                }

                if (!inPlace)
                {
                    AtomicFile.Replace(temporary, unit.Object);
                }
            }

            return new LocalCompile(run, read is null ? null : new ReadFiles(read, own, []), bytes);
        }
        catch (OperationCanceledException) when (inPlace && mayEnd())
        {
            DeleteStale(unit.Object);
            throw;
        }
        finally
        {
            if (!inPlace)
            {
                File.Delete(temporary);
            }

            File.Delete(dependencies);
        }
    }

    /// <summary>Otherwise a later link would take the object of an earlier source.</summary>
    public static void DeleteStale(string objectPath)
    {
        try
        {
            File.Delete(objectPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The unit failed, and the build with it.
        }
    }

    /// <summary>Leaves in a dependency file what the command asks for; what it then names, where that is not all that was read.</summary>
    private static async Task<IReadOnlyList<string>?> KeepDependenciesAsync(
        CompileCommand command, ICompilerFamily family, CommandVerdict.Cacheable verdict, string dependencies, CancellationToken cancellationToken)
    {
        if (family is not IDependencyFiles writer || !writer.OmitsSystemHeaders(command))
        {
            return null;
        }

        // One run of a compiler makes only one of the lists. Should this one fail, a list with too many names does no harm.
        CompileCommand scan = writer.OnlyWriteDependencies(command, verdict, dependencies);
        ProcessResult run = await ProcessRunner.RunAsync(ProcessRequest.For(scan), cancellationToken).ConfigureAwait(false);
        return run.ExitCode == 0 ? family.ReadDependencies(File.ReadAllText(dependencies)) : null;
    }
}

/// <summary>What a local compile left behind.</summary>
/// <param name="Inputs">Files it read; null when it could not be asked.</param>
/// <param name="Object">The object's bytes; null when the command was run as it is, or failed.</param>
internal sealed record LocalCompile(ProcessResult Run, ReadFiles? Inputs, byte[]? Object);
