using System.Security;

namespace DistBuild.Agent.Commands.Initialization;

/// <summary>What <c>init</c> wants a <c>Directory.Build.props</c> to say.</summary>
/// <param name="Version">Of the package.</param>
/// <param name="Source">A package source, as MSBuild reads it; null for those of nuget.config.</param>
/// <param name="Central">Versions may be managed in one place: then a reference must not carry one (NU1008).</param>
/// <param name="CentralVersion">That place names our version already.</param>
/// <param name="Referenced">The package is referenced in another file that the projects read.</param>
internal sealed record PropsSettings(string Version, string? Source, bool Central, bool CentralVersion, bool Referenced)
{
    public const string Label = "DistBuild";

    public const string VisualStudioLabel = "DistBuild in Visual Studio";

    public const string IsProject = "'$(MSBuildProjectExtension)' == '.vcxproj'";

    /// <summary>A project with a packages.config keeps its packages there: a reference beside it would make NuGet ignore that file.</summary>
    public const string MayReference = IsProject + " and !Exists('$(MSBuildProjectDirectory)/packages.config')";

    /// <summary>Visual Studio and its MSBuild, not `dotnet`: only they need to be told that a C++ project may have a PackageReference.</summary>
    public const string IsVisualStudio = MayReference + " and '$(MSBuildRuntimeType)' == 'Full'";

    /// <summary>Two projects in one folder would share obj/, where NuGet keeps the packages of only one of them.</summary>
    public const string ExtensionsPath =
        "<MSBuildProjectExtensionsPath Condition=\"'$(MSBuildProjectExtensionsPath)' == ''\">"
        + "$(MSBuildProjectDirectory)/obj/$(MSBuildProjectName)/</MSBuildProjectExtensionsPath>";

    public const string Moniker = "<NuGetTargetMoniker Condition=\"'$(NuGetTargetMoniker)' == ''\">native,Version=v0.0</NuGetTargetMoniker>";

    public const string Runtimes = "<RuntimeIdentifiers Condition=\"'$(RuntimeIdentifiers)' == ''\">win;win-x86;win-x64;win-arm64</RuntimeIdentifiers>";

    public const string Capability = "<ProjectCapability Include=\"PackageReferences\" />";

    public const string Comment = "<!-- The groups labelled DistBuild are kept up to date by: distbuild init -->";

    private const string IsCentral = "'$(ManagePackageVersionsCentrally)' == 'true'", IsNotCentral = "'$(ManagePackageVersionsCentrally)' != 'true'";

    public static string SourceValue(string source) => $"$(RestoreAdditionalProjectSources);{Ascii(source)}";

    public static string SourceElement(string source) => $"<RestoreAdditionalProjectSources>{SourceValue(source)}</RestoreAdditionalProjectSources>";

    /// <summary>The lines that reference the package.</summary>
    public IReadOnlyList<string> Reference()
    {
        string version = Ascii(Version);
        if (!Central)
        {
            return [$"<PackageReference Include=\"DistBuild\" Version=\"{version}\" PrivateAssets=\"all\" />"];
        }

        string[] references =
        [
            $"<PackageReference Include=\"DistBuild\" Version=\"{version}\" PrivateAssets=\"all\" Condition=\"{IsNotCentral}\" />",
            $"<PackageReference Include=\"DistBuild\" PrivateAssets=\"all\" Condition=\"{IsCentral}\" />",
        ];
        return CentralVersion ? references : [.. references, $"<PackageVersion Include=\"DistBuild\" Version=\"{version}\" />"];
    }

    /// <summary>XML that means the same in every encoding.</summary>
    private static string Ascii(string value) =>
        string.Concat(SecurityElement.Escape(value).EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : $"&#x{rune.Value:X};"));
}
