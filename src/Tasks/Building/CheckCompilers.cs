using DistBuild.Tasks.Toolsets;
using DistBuild.Tasks.Toolsets.Gcc;
using DistBuild.Tasks.Toolsets.Msvc;
using Microsoft.Build.Framework;

namespace DistBuild.Tasks.Building;

/// <summary>Says once, before anything is compiled, that a compiler the sources need is not there.</summary>
[MSBuildMultiThreadableTask]
public sealed class CheckCompilers : BuildTask
{
    public ITaskItem[] Sources { get; set; } = [];

    public string CCompiler { get; set; } = "";

    public string CxxCompiler { get; set; } = "";

    /// <summary>Not empty when it compiles both languages.</summary>
    public string ClangCl { get; set; } = "";

    private protected override System.Threading.Tasks.Task RunAsync(ProjectPaths paths, CancellationToken cancellationToken)
    {
        Dictionary<string, string> environment = ReadEnvironment();
        bool IsC(ITaskItem source) => SourceLanguage.Of(source.GetMetadata("CompileAs"), Path.GetExtension(source.ItemSpec)) == SourceLanguages.C;
        if (ClangCl.Length > 0)
        {
            Check("C and C++", "DistBuildClangCl", ClangClDriver.Parse(ClangCl, paths.ProjectDirectory, environment), environment);
            return System.Threading.Tasks.Task.CompletedTask;
        }

        if (Sources.Any(IsC))
        {
            Check("C", "CC", Driver(CCompiler, "gcc", paths, environment), environment);
        }

        if (!Sources.All(IsC))
        {
            Check("C++", "CXX", Driver(CxxCompiler, "g++", paths, environment), environment);
        }

        return System.Threading.Tasks.Task.CompletedTask;
    }

    private void Check(string language, string property, CompilerDriver driver, Dictionary<string, string> environment)
    {
        if (Programs.Find(driver.Program, environment) is null)
        {
            Error(BuildingDiagnostics.CompilerMissing, language, driver.Program, property);
        }
    }
}
