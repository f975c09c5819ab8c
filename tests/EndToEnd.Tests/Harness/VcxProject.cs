using System.Security;

namespace DistBuild.EndToEnd.Tests.Harness;

/// <summary>A small project file as Visual Studio 2022 writes it: Debug and Release for x64, in the import order of its templates.</summary>
internal sealed record VcxProject(params string[] Sources)
{
    public string ConfigurationType { get; init; } = "Application";

    /// <summary>Metadata of every <c>ClCompile</c> item, such as <c>("AdditionalOptions", "-Werror")</c>.</summary>
    public IReadOnlyList<(string Name, string Value)> Compile { get; init; } = [];

    /// <summary>XML before <c>Microsoft.Cpp.Default.props</c>.</summary>
    public string AtTheTop { get; init; } = "";

    /// <summary>XML after the items.</summary>
    public string AfterItems { get; init; } = "";

    /// <summary>XML after <c>Microsoft.Cpp.targets</c>, where packages.config puts its imports.</summary>
    public string AtTheEnd { get; init; } = "";

    /// <summary>What a user adds to use the package.</summary>
    public static string PackageReference => $"""<ItemGroup><PackageReference Include="DistBuild" Version="{Product.Version}" /></ItemGroup>""";

    public void WriteTo(Developer developer, string file) => developer.Write(file, ToXml());

    public string ToXml() =>
        $"""
        <?xml version="1.0" encoding="utf-8"?>
        <Project DefaultTargets="Build" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
          {AtTheTop}
          <ItemGroup Label="ProjectConfigurations">
            <ProjectConfiguration Include="Debug|x64"><Configuration>Debug</Configuration><Platform>x64</Platform></ProjectConfiguration>
            <ProjectConfiguration Include="Release|x64"><Configuration>Release</Configuration><Platform>x64</Platform></ProjectConfiguration>
          </ItemGroup>
          <PropertyGroup Label="Globals">
            <VCProjectVersion>17.0</VCProjectVersion>
            <Configuration Condition="'$(Configuration)' == ''">Release</Configuration>
            <Platform Condition="'$(Platform)' == ''">x64</Platform>
          </PropertyGroup>
          <Import Project="$(VCTargetsPath)\Microsoft.Cpp.Default.props" />
          <PropertyGroup Label="Configuration">
            <ConfigurationType>{ConfigurationType}</ConfigurationType>
            <PlatformToolset>v143</PlatformToolset>
            <CharacterSet>Unicode</CharacterSet>
          </PropertyGroup>
          <Import Project="$(VCTargetsPath)\Microsoft.Cpp.props" />
          <PropertyGroup>
            <OutDir>$(ProjectDir)bin\$(Configuration)\</OutDir>
            <IntDir>$(ProjectDir)obj\$(ProjectName)\$(Configuration)\</IntDir>
          </PropertyGroup>
          <ItemDefinitionGroup>
            <ClCompile>
              <WarningLevel>Level3</WarningLevel>
              <DebugInformationFormat>None</DebugInformationFormat>
              {string.Concat(Compile.Select(setting => $"<{setting.Name}>{SecurityElement.Escape(setting.Value)}</{setting.Name}>"))}
            </ClCompile>
          </ItemDefinitionGroup>
          <ItemGroup>
            {string.Concat(Sources.Select(source => $"""<ClCompile Include="{source}" />"""))}
          </ItemGroup>
          {AfterItems}
          <Import Project="$(VCTargetsPath)\Microsoft.Cpp.targets" />
          {AtTheEnd}
        </Project>
        """;
}
