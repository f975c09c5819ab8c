using System.Collections;
using System.CommandLine;
using System.Text;
using DistBuild.Core.Client;
using DistBuild.Core.Compilers;
using DistBuild.Core.Processes;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Records;

namespace DistBuild.Agent.Commands;

/// <summary><c>distbuild compile</c>: one unit through the engine, without MSBuild. Prints what the compiler prints and ends as it ends.</summary>
internal static class CompileOneCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string[]> compiler = new("COMPILER ARGS") { Description = "The compiler and its arguments, after '--'.", Arity = ArgumentArity.OneOrMore };
        ToolCommand command = new(
            "compile",
            "Run one compile through the store and the agents. Settings come from the environment (DistBuildStore, DistBuildAgents, …); DistBuildReport says what happened.",
            "distbuild compile -- g++ -O2 -c a.cpp -o a.o")
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
            throw new CommandException(string.Join(Environment.NewLine, errors), ExitCodes.Usage);
        }

        CompileCommand command = new(words[0], words[1..], context.Folder, ProcessEnvironment());
        (string output, string complaints, int exitCode) = CompilerFamilies.ForDriver(command.Compiler)?.Parse(command) is CommandVerdict.Cacheable verdict
            ? await CompileAsync(options, command, verdict, cancellationToken)
            : await RunAsItIsAsync(command, cancellationToken);
        await context.Output.WriteAsync(output);
        await context.Errors.WriteAsync(complaints);
        return exitCode;
    }

    private static async Task<(string Output, string Errors, int ExitCode)> CompileAsync(
        BuildOptions options, CompileCommand command, CommandVerdict.Cacheable verdict, CancellationToken cancellationToken)
    {
        string target = command.FullPath(verdict.Object);
        TranslationUnit unit = new(verdict.Source, command.FullPath(verdict.Source), target, command);

        // Whoever asks for a compile by hand wants it done; records are for builds.
        BuildRecords none = BuildRecords.Load(target + ".no-records");
        await using BuildSession session = new(options, TimeProvider.System);
        UnitResult result = (await new UnitCompiler(session, none, new Silence(), slots: 1).CompileAsync([unit], cancellationToken)).Single();
        if (options.Report is not null)
        {
            await Core.Units.Reports.ReportFile.AppendAsync(options.Report, new(verdict.Source, "", "", [result]), cancellationToken);
        }

        return (result.Output, result.Errors, result.ExitCode);
    }

    private static async Task<(string Output, string Errors, int ExitCode)> RunAsItIsAsync(CompileCommand command, CancellationToken cancellationToken)
    {
        try
        {
            ProcessResult run = await ProcessRunner.RunAsync(ProcessRequest.For(command), cancellationToken);
            return (Encoding.UTF8.GetString(run.Output), Encoding.UTF8.GetString(run.Errors), run.ExitCode);
        }
        catch (ProcessStartException e)
        {
            throw new CommandException(e.Message, ExitCodes.Failed);
        }
    }

    private static Dictionary<string, string> ProcessEnvironment() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>().ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "");

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
