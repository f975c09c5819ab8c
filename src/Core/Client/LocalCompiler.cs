using DistBuild.Core.Compilers;
using DistBuild.Core.Processes;
using DistBuild.Core.Store;
using DistBuild.Core.Units;

namespace DistBuild.Core.Client;

/// <summary>Compiles a unit on this machine from its source, as the plain build would, and learns which files it read.</summary>
internal static class LocalCompiler
{
    /// <summary>Compiles to the unit's object: whole, or not at all.</summary>
    /// <param name="family">Whose command line it is; null runs the command as it is and learns nothing of what it reads.</param>
    public static async Task<LocalCompile> CompileAsync(
        TranslationUnit unit, ICompilerFamily? family, CommandVerdict.Cacheable? verdict, CancellationToken cancellationToken)
    {
        string temporary = AtomicFile.TemporaryPath(unit.Object);
        string dependencies = temporary + ".d";
        CompileCommand? tracked = verdict is null ? family?.TrackDependencies(unit.Command, dependencies) : family!.CompileSource(unit.Command, verdict, temporary, dependencies);
        try
        {
            ProcessResult run = await ProcessRunner.RunAsync(ProcessRequest.For(tracked ?? unit.Command), cancellationToken).ConfigureAwait(false);
            if (run.ExitCode == 0 && !File.Exists(dependencies) && family?.ListInputs(unit.Command, dependencies) is { } listing)
            {
                await ProcessRunner.RunAsync(ProcessRequest.For(listing), cancellationToken).ConfigureAwait(false);
            }

            IReadOnlyList<string>? inputs = run.ExitCode == 0 && File.Exists(dependencies)
                ? family!.ReadDependencies(File.ReadAllText(dependencies))
                : null;
            byte[]? bytes = null;
            if (run.ExitCode == 0 && verdict is not null)
            {
                bytes = File.ReadAllBytes(temporary);
                AtomicFile.Replace(temporary, unit.Object);
                if (verdict.DependencyFile is { } wanted && File.Exists(dependencies))
                {
                    AtomicFile.Replace(dependencies, unit.Command.FullPath(wanted));
                }
            }
            else if (run.ExitCode != 0)
            {
                // Otherwise a later link would take the object of an earlier source.
                File.Delete(unit.Object);
            }

            return new LocalCompile(run, inputs, bytes);
        }
        finally
        {
            File.Delete(temporary);
            File.Delete(dependencies);
        }
    }
}

/// <summary>What a local compile left behind.</summary>
/// <param name="Inputs">Files it read, as the compiler spells them; null when it could not be asked.</param>
/// <param name="Object">The object's bytes; null when the command was run as it is, or failed.</param>
internal sealed record LocalCompile(ProcessResult Run, IReadOnlyList<string>? Inputs, byte[]? Object);
