using DistBuild.Core.Client;
using DistBuild.Core.Compilers;
using DistBuild.Core.Units;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace DistBuild.Tasks.Compiling;

/// <summary>Says in MSBuild's log what happens to units: one line per finished unit, the compiler's own diagnostics, and a summary.</summary>
internal sealed class UnitLog(TaskLoggingHelper log) : IBuildObserver
{
    public void Finished(UnitResult result, int finished, int total)
    {
        log.LogMessage(MessageImportance.High, $"[{finished}/{total}] {result.Unit.Name}  {How(result)}  {result.Elapsed.TotalMilliseconds:0} ms");
        LogDiagnostics(result);
    }

    public void Report(Diagnostic diagnostic, params object[] values)
    {
        if (diagnostic.Level == DiagnosticLevel.Warning)
        {
            log.LogWarning(null, diagnostic.Code, null, null, 0, 0, 0, 0, diagnostic.Format(values));
        }
        else
        {
            log.LogMessage(null, diagnostic.Code, null, null, 0, 0, 0, 0, MessageImportance.High, diagnostic.Format(values));
        }
    }

    private static string How(UnitResult result) => result.Outcome switch
    {
        UnitOutcome.LocalHit => "from the local store",
        UnitOutcome.AgentHit => $"from {result.Agent}",
        UnitOutcome.CompiledOnAgent => $"compiled on {result.Agent}",
        UnitOutcome.Failed => "failed",
        _ => "compiled",
    };

    private void LogDiagnostics(UnitResult result)
    {
        ICompilerFamily? family = CompilerFamilies.ForDriver(result.Unit.Command.Compiler);

        // Most compilers keep standard output for what was asked for; Visual Studio's says everything there.
        string said = family is ICompileReports ? result.Output + result.Errors : result.Errors;
        bool saidError = false;
        foreach (CompilerDiagnostic diagnostic in family?.ReadDiagnostics(said) ?? [])
        {
            saidError |= diagnostic.Severity == DiagnosticSeverity.Error;
            Log(diagnostic, result.Unit);
        }

        if (result.Outcome == UnitOutcome.Failed && !saidError)
        {
            log.LogError(null, null, null, result.Unit.Source, 0, 0, 0, 0, "{0}",
                said.Trim() is { Length: > 0 } words ? words : $"The compiler ended with exit code {result.ExitCode} and said nothing.");
        }
        else if (said.Length > 0)
        {
            log.LogMessage(MessageImportance.Low, "{0}", said.TrimEnd());
        }
    }

    private void Log(CompilerDiagnostic diagnostic, TranslationUnit unit)
    {
        string file = diagnostic.File.Length == 0 ? unit.Source : unit.Command.FullPath(diagnostic.File);
        switch (diagnostic.Severity)
        {
            case DiagnosticSeverity.Error:
                log.LogError(null, diagnostic.Code, null, file, diagnostic.Line, diagnostic.Column, 0, 0, "{0}", diagnostic.Message);
                break;
            case DiagnosticSeverity.Warning:
                log.LogWarning(null, diagnostic.Code, null, file, diagnostic.Line, diagnostic.Column, 0, 0, "{0}", diagnostic.Message);
                break;
            default:
                log.LogMessage(null, diagnostic.Code, null, file, diagnostic.Line, diagnostic.Column, 0, 0, MessageImportance.Normal, "{0}", diagnostic.Message);
                break;
        }
    }
}
