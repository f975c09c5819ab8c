using DistBuild.Tasks.Toolsets;
using DistBuild.Tasks.Toolsets.Gcc;
using Microsoft.Build.Framework;

namespace DistBuild.Tasks.Building;

/// <summary>Says once, before anything is compiled, that a compiler the sources need is not there.</summary>
[MSBuildMultiThreadableTask]
public sealed class CheckCompilers : BuildTask
{
    public ITaskItem[] Sources { get; set; } = [];

    public string CCompiler { get; set; } = "";

    public string CxxCompiler { get; set; } = "";

    private protected override System.Threading.Tasks.Task RunAsync(ProjectPaths paths, CancellationToken cancellationToken)
    {
        bool IsC(ITaskItem source) => SourceLanguage.Of(source.GetMetadata("CompileAs"), Path.GetExtension(source.ItemSpec)) == SourceLanguages.C;
        Check(Sources.Any(IsC), "C", "CC", CompilerDriver.Parse(CCompiler, "gcc", paths.ProjectDirectory));
        Check(!Sources.All(IsC), "C++", "CXX", CompilerDriver.Parse(CxxCompiler, "g++", paths.ProjectDirectory));
        return System.Threading.Tasks.Task.CompletedTask;
    }

    private void Check(bool needed, string language, string property, CompilerDriver driver)
    {
        if (needed && Programs.Find(driver.Program, ReadEnvironment()) is null)
        {
            Error(BuildingDiagnostics.CompilerMissing, language, driver.Program, property);
        }
    }
}
