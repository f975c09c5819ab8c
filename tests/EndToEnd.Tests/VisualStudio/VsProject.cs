using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests.VisualStudio;

/// <summary>A project file in the import order of Visual Studio's templates, with the package.</summary>
internal static class VsProject
{
    /// <param name="items">XML of its items.</param>
    /// <param name="atTheEnd">XML behind the last import.</param>
    public static string Of(string items, string definitions = "", string properties = "", string atTheEnd = "", bool usesPackage = true, string type = "Application") =>
        $"""
        <?xml version="1.0" encoding="utf-8"?>
        <Project DefaultTargets="Build" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
          <ItemGroup Label="ProjectConfigurations">
            <ProjectConfiguration Include="Debug|x64"><Configuration>Debug</Configuration><Platform>x64</Platform></ProjectConfiguration>
          </ItemGroup>
          <Import Project="$(VCTargetsPath)\Microsoft.Cpp.Default.props" />
          <PropertyGroup Label="Configuration"><ConfigurationType>{type}</ConfigurationType>{properties}</PropertyGroup>
          <Import Project="$(VCTargetsPath)\Microsoft.Cpp.props" />
          <ItemDefinitionGroup><ClCompile>{definitions}</ClCompile></ItemDefinitionGroup>
          <ItemGroup>{items}</ItemGroup>
          {(usesPackage ? VcxProject.PackageReference : "")}
          <Import Project="$(VCTargetsPath)\Microsoft.Cpp.targets" />
          {atTheEnd}
        </Project>
        """;

    public static string Sources(params string[] files) => string.Concat(files.Select(file => Source(file)));

    /// <param name="metadata">XML.</param>
    public static string Source(string file, string metadata = "") => $"""<ClCompile Include="{file}">{metadata}</ClCompile>""";
}
