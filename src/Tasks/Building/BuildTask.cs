using System.Globalization;
using DistBuild.Core.Processes;
using DistBuild.Tasks.Toolsets.Gcc;
using DistBuild.Tasks.Toolsets;
using Microsoft.Build.Framework;

namespace DistBuild.Tasks.Building;

/// <summary>What the portable targets' tasks share: a project folder instead of a current directory, diagnostics with codes, cancelling.</summary>
public abstract class BuildTask : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancel = new();

    /// <summary>Full path; relative paths start here.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    public void Cancel() => _cancel.Cancel();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    public sealed override bool Execute()
    {
        try
        {
            // MSBuild's thread has a scheduler of its own, which must not run continuations.
            System.Threading.Tasks.Task.Run(() => RunAsync(new ProjectPaths(ProjectDirectory, ProjectDirectory), _cancel.Token)).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        return !Log.HasLoggedErrors;
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _cancel.Dispose();
        }
    }

    private protected abstract System.Threading.Tasks.Task RunAsync(ProjectPaths paths, CancellationToken cancellationToken);

    /// <summary>The environment of what a task starts.</summary>
    private protected static Dictionary<string, string> ReadEnvironment() =>
        EnvironmentBlock.Read();

    /// <summary>A compiler as CC or CXX names it.</summary>
    private protected static CompilerDriver Driver(string setting, string fallback, ProjectPaths paths, IReadOnlyDictionary<string, string> environment) =>
        CompilerDriver.Parse(setting, fallback, paths.ProjectDirectory, environment.TryGetValue("PATH", out string? path) ? path : "");

    private protected void Error(BuildingDiagnostic diagnostic, params object[] values) => ErrorAt(null, line: 0, diagnostic, values);

    private protected void ErrorAt(string? file, int line, BuildingDiagnostic diagnostic, params object[] values) =>
        Log.LogError(null, diagnostic.Code, null, file, line, 0, 0, 0, "{0}", Format(diagnostic, values));

    private protected void Warn(BuildingDiagnostic diagnostic, params object[] values) => WarnAt(null, line: 0, diagnostic, values);

    private protected void WarnAt(string? file, int line, BuildingDiagnostic diagnostic, params object[] values) =>
        Log.LogWarning(null, diagnostic.Code, null, file, line, 0, 0, 0, "{0}", Format(diagnostic, values));

    private protected void Say(MessageImportance importance, BuildingDiagnostic diagnostic, params object[] values) =>
        Log.LogMessage(null, diagnostic.Code, null, null, 0, 0, 0, 0, importance, "{0}", Format(diagnostic, values));

    private static string Format(BuildingDiagnostic diagnostic, object[] values) => string.Format(CultureInfo.InvariantCulture, diagnostic.Text, values);
}
