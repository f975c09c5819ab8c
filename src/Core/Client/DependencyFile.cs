using System.Text;
using DistBuild.Core.Compilers;
using DistBuild.Core.Processes;
using DistBuild.Core.Store;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Manifests;

namespace DistBuild.Core.Client;

/// <summary>The dependency file that a command asks for beside its object, when the compiler here does not make the object.</summary>
internal static class DependencyFile
{
    /// <summary>Its bytes for a unit whose inputs are known; null when they cannot be had.</summary>
    public static async Task<ReadOnlyMemory<byte>?> OfAsync(
        ManifestEntry entry, ICompilerFamily family, CompileCommand command, CommandVerdict.Cacheable verdict, CancellationToken cancellationToken)
    {
        IDependencyFiles writer = (IDependencyFiles)family;
        DependencyLists list = writer.OmitsSystemHeaders(command) ? DependencyLists.Own : DependencyLists.All;
        if ((entry.Lists & list) != 0)
        {
            return Encoding.UTF8.GetBytes(writer.WriteDependencies(command, verdict, entry.Listed(list)));
        }

        // Whoever compiled it was not asked for this list: then the compiler is, which is much less than compiling.
        string file = TemporaryPath(command.FullPath(verdict.Object));
        ProcessResult run = await ProcessRunner.RunAsync(ProcessRequest.For(writer.OnlyWriteDependencies(command, verdict, file)), cancellationToken).ConfigureAwait(false);
        return Take(file) is { } rules && run.ExitCode == 0 ? rules : (ReadOnlyMemory<byte>?)null;
    }

    /// <summary>Preprocesses, and makes the dependency file with it where the command asks for one.</summary>
    public static async Task<(ProcessResult Run, byte[]? Rules)> PreprocessAsync(
        PreprocessPlan plan, ICompilerFamily family, CompileCommand command, CommandVerdict.Cacheable verdict, string objectPath, CancellationToken cancellationToken)
    {
        if (verdict.DependencyFile is null)
        {
            return (await ProcessRunner.RunAsync(ProcessRequest.For(plan.Command), cancellationToken).ConfigureAwait(false), null);
        }

        string file = TemporaryPath(objectPath);
        CompileCommand both = ((IDependencyFiles)family).AlsoWriteDependencies(plan.Command, command, verdict, file);
        try
        {
            ProcessResult run = await ProcessRunner.RunAsync(ProcessRequest.For(both), cancellationToken).ConfigureAwait(false);
            return (run, Take(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The files that a preprocessing read.</summary>
    /// <param name="inputs">Those that the text names.</param>
    public static ReadFiles Read(byte[]? rules, ICompilerFamily family, CompileCommand command, IReadOnlyList<string> inputs)
    {
        IReadOnlyList<string>? listed = rules is null ? null : family.ReadDependencies(Encoding.UTF8.GetString(rules));
        bool own = family is IDependencyFiles writer && writer.OmitsSystemHeaders(command);
        return new ReadFiles(own ? null : listed, own ? listed : null, inputs);
    }

    private static string TemporaryPath(string objectPath) => AtomicFile.TemporaryPath(objectPath) + ".d";

    private static byte[]? Take(string file)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(file);
            File.Delete(file);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
