namespace DistBuild.EndToEnd.Tests.PortableTargets;

/// <summary>The smallest project file Visual Studio would write: Debug for x64, in the import order of its templates.</summary>
internal static class VcFile
{
    /// <param name="type">ConfigurationType.</param>
    /// <param name="items">XML of items.</param>
    /// <param name="definitions">XML of item definitions.</param>
    /// <param name="properties">XML of properties after <c>Microsoft.Cpp.props</c>.</param>
    public static string Of(string type, string items, string definitions = "", string properties = "", string configuration = "") =>
        $"""
        <?xml version="1.0" encoding="utf-8"?>
        <Project DefaultTargets="Build" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
          <ItemGroup Label="ProjectConfigurations">
            <ProjectConfiguration Include="Debug|x64"><Configuration>Debug</Configuration><Platform>x64</Platform></ProjectConfiguration>
            <ProjectConfiguration Include="Release|x64"><Configuration>Release</Configuration><Platform>x64</Platform></ProjectConfiguration>
          </ItemGroup>
          <Import Project="$(VCTargetsPath)\Microsoft.Cpp.Default.props" />
          <PropertyGroup Label="Configuration">
            <ConfigurationType>{type}</ConfigurationType>
            <UseDebugLibraries>true</UseDebugLibraries>
            <PlatformToolset>v143</PlatformToolset>
            {configuration}
          </PropertyGroup>
          <Import Project="$(VCTargetsPath)\Microsoft.Cpp.props" />
          <PropertyGroup>{properties}</PropertyGroup>
          <ItemDefinitionGroup>{definitions}</ItemDefinitionGroup>
          <ItemGroup>{items}</ItemGroup>
          <Import Project="$(VCTargetsPath)\Microsoft.Cpp.targets" />
        </Project>
        """;

    public static string Sources(params string[] files) => string.Concat(files.Select(file => $"""<ClCompile Include="{file}" />"""));

    public static string References(params string[] projects) => string.Concat(projects.Select(project => $"""<ProjectReference Include="{project}" />"""));
}
