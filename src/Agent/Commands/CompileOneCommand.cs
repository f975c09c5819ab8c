using System.CommandLine;
using System.Diagnostics;
using System.Text;
using DistBuild.Core.Client;
using DistBuild.Core.Compilers;
using DistBuild.Core.Processes;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Explanations;
using DistBuild.Core.Units.Records;
using DistBuild.Core.Units.Reports;

namespace DistBuild.Agent.Commands;

/// <summary><c>distbuild compile</c>: one unit through the engine, without MSBuild. Prints what the compiler prints and ends as it ends.</summary>
internal static class CompileOneCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string[]> compiler = new("COMPILER ARGS") { Description = "The compiler and its arguments, after '--'.", Arity = ArgumentArity.OneOrMore };
        ToolCommand command = new(
            "compile",
            "Run one compile through the store and the agents; prints only what the compiler prints, and ends as it ends. What is not one compile that can be cached (linking, for one) "
            + "runs as it is. Settings come from the environment (DistBuildStore, DistBuildAgents, …); 'distbuild explain' and DistBuildReport say what happened.",
            "distbuild compile -- g++ -O2 -c a.cpp -o a.o",
            "DistBuildReport=report.json distbuild compile -- clang -c a.c -o a.o")
        {
            compiler,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(context, parsed.GetValue(compiler)!, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, string[] words, CancellationToken cancellationToken)
    {
        BuildOptions options = BuildOptionsReader.Read(context.Variable, context.Folder, out IReadOnlyList<string> errors);
        if (errors.Count > 0)
        {
            throw new CommandException(string.Join("\ndistbuild: ", errors), ExitCodes.Usage);
        }

        CompileCommand command = new(words[0], words[1..], context.Folder, EnvironmentBlock.Read());
        CommandVerdict? verdict = CompilerFamilies.ForDriver(command.Compiler)?.Parse(command);
        return verdict is CommandVerdict.Cacheable cacheable
            ? await CompileAsync(context, options, Unit(command, cacheable), cancellationToken)
            : await RunAsItIsAsync(context, options, command, verdict as CommandVerdict.RunLocally, cancellationToken);
    }

    private static async Task<int> CompileAsync(CommandContext context, BuildOptions options, TranslationUnit unit, CancellationToken cancellationToken)
    {
        // Whoever asks for a compile by hand wants it done; records are for builds.
        BuildRecords none = BuildRecords.Load(Scope(unit));
        UnitResult result;
        await using (BuildSession session = new(options, TimeProvider.System))
        {
            result = (await new UnitCompiler(session, none, new Silence(), slots: 1).CompileAsync([unit], cancellationToken)).Single();
        }

        if (result is { Outcome: UnitOutcome.Failed, ExitCode: < 0 })
        {
            throw new CommandException(result.Errors, ExitCodes.NotStarted);
        }

        await PrintAsync(context.RawOutput, context.Output, result.OutputBytes);
        await PrintAsync(context.RawErrors, context.Errors, result.ErrorBytes);
        await ReportAsync(context, options, result, cancellationToken);
        return result.ExitCode;
    }

    private static async Task<int> RunAsItIsAsync(
        CommandContext context, BuildOptions options, CompileCommand command, CommandVerdict.RunLocally? why, CancellationToken cancellationToken)
    {
        Stopwatch watch = Stopwatch.StartNew();
        int exitCode;
        try
        {
            exitCode = await ProcessRunner.RunAttachedAsync(ProcessRequest.For(command), cancellationToken);
        }
        catch (ProcessStartException e)
        {
            throw new CommandException(e.Message, ExitCodes.NotStarted);
        }

        if (why is not null && FindUnit(command) is { } found)
        {
            TranslationUnit unit = found with { Command = command };
            UnitOutcome outcome = exitCode == 0 ? UnitOutcome.NotCacheable : UnitOutcome.Failed;
            UnitResult result = new(unit, outcome, null, null, $"{why.Argument}: {why.Why}", watch.Elapsed, exitCode, "", "");
            RememberedUnits.Remember(options.Store, Scope(unit), result);
            await ReportAsync(context, options, result, cancellationToken);
        }

        return exitCode;
    }

    /// <summary>What a command compiles that is not cacheable: what it would compile without the arguments that make it so.</summary>
    private static TranslationUnit? FindUnit(CompileCommand command)
    {
        CommandVerdict? verdict = CompilerFamilies.ForDriver(command.Compiler)?.Parse(command);
        while (verdict is CommandVerdict.RunLocally local && command.Arguments.Contains(local.Argument))
        {
            command = command with { Arguments = [.. command.Arguments.Where(argument => argument != local.Argument)] };
            verdict = CompilerFamilies.ForDriver(command.Compiler)?.Parse(command);
        }

        return verdict is CommandVerdict.Cacheable cacheable ? Unit(command, cacheable) : null;
    }

    private static TranslationUnit Unit(CompileCommand command, CommandVerdict.Cacheable verdict) =>
        new(verdict.Source, command.FullPath(verdict.Source), command.FullPath(verdict.Object), command);

    private static string Scope(TranslationUnit unit) => unit.Object + ".no-records";

    private static async Task ReportAsync(CommandContext context, BuildOptions options, UnitResult result, CancellationToken cancellationToken)
    {
        try
        {
            if (options.CompileCommands is not null)
            {
                await CompilationDatabase.MergeAsync(options.CompileCommands, options.Store, Scope(result.Unit), [result.Unit], whole: true, cancellationToken);
            }

            if (options.Report is not null)
            {
                await ReportFile.AppendAsync(options.Report, new BuildReport(result.Unit.Source, "", "", [result]), cancellationToken);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // The compile is done, and how it ended is what the caller asked for.
            await context.Errors.WriteLineAsync($"distbuild: {e.Message}");
        }
    }

    private static async Task PrintAsync(Stream? stream, TextWriter writer, ReadOnlyMemory<byte> printed)
    {
        if (stream is null)
        {
            await writer.WriteAsync(Encoding.UTF8.GetString(printed.Span));
            return;
        }

        await stream.WriteAsync(printed);
        await stream.FlushAsync();
    }

    private sealed class Silence : IBuildObserver
    {
        public void Finished(UnitResult result, int finished, int total)
        {
        }

        public void Report(Diagnostic diagnostic, params object[] values)
        {
        }
    }
}
