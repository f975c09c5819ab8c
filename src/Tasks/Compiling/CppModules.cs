using DistBuild.Tasks.Toolsets;
using Microsoft.Build.Framework;

namespace DistBuild.Tasks.Compiling;

/// <summary>
/// C++ modules in a project. Whoever imports one must be compiled after it, with what its compile left behind: an order that only the project's own compile step knows. So
/// of a project with modules all C++ stays there.
/// </summary>
internal static class CppModules
{
    private static readonly string[] Extensions = [".ixx", ".cppm", ".cxxm", ".c++m", ".mpp"];

    /// <summary>The source by which the project has modules, or null.</summary>
    public static string? Find(IEnumerable<ITaskItem> sources) => sources.FirstOrDefault(Has)?.ItemSpec;

    public static bool IsCpp(ITaskItem source)
    {
        string compileAs = source.GetMetadata("CompileAs");
        bool isDefault = compileAs.Length == 0 || compileAs == "Default";
        return compileAs != "CompileAsC" && !(isDefault && string.Equals(Path.GetExtension(source.ItemSpec), ".c", StringComparison.OrdinalIgnoreCase));
    }

    private static bool Has(ITaskItem source) =>
        Extensions.Contains(Path.GetExtension(source.ItemSpec), StringComparer.OrdinalIgnoreCase)
        || source.GetMetadata("CompileAs") is "CompileAsCppModule" or "CompileAsCppModuleInternalPartition" or "CompileAsHeaderUnit"
        || (IsCpp(source) && (IsTrue(source, "ScanSourceForModuleDependencies") || IsTrue(source, "BuildStlModules") || IsTrue(source, "TranslateIncludes")
            || IsSet(source, "AdditionalModuleDependencies") || IsSet(source, "AdditionalHeaderUnitDependencies")));

    private static bool IsTrue(ITaskItem source, string metadata) => string.Equals(source.GetMetadata(metadata), "true", StringComparison.OrdinalIgnoreCase);

    private static bool IsSet(ITaskItem source, string metadata) => ItemLists.Split(ItemLists.Escaped(source, metadata)).Count > 0;
}
