using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.Benchmarks.Corpora;

/// <summary>Sources that every contender compiles with the same commands.</summary>
/// <param name="Sources">Relative to the corpus' folder, with forward slashes.</param>
/// <param name="IncludeFolders">Likewise.</param>
/// <param name="Optimization">Visual Studio's name: <c>Disabled</c>, <c>MaxSpeed</c>.</param>
/// <param name="Write">Puts the files into a folder.</param>
internal sealed record Corpus(string Name, IReadOnlyList<string> Sources, IReadOnlyList<string> IncludeFolders, string Optimization, Action<string> Write)
{
    public const string Project = "corpus.vcxproj";

    /// <summary>Where the product puts its objects, beside each other as the sources are.</summary>
    public const string Objects = "obj/corpus/Release/";

    private const string CompileOff = "compile-off.targets";

    /// <summary>A developer who has the corpus as a project that uses the product, restored and ready to build.</summary>
    public async Task<Developer> CheckOutAsync()
    {
        Developer developer = new();
        try
        {
            Write(developer.Folder);
            developer.Write(CompileOff, """<Project><Target Name="ClCompile" DependsOnTargets="$(ClCompileDependsOn)" /></Project>""");
            new VcxProject([.. Sources])
            {
                ConfigurationType = "Application",
                Compile =
                [
                    ("LanguageStandard", "stdcpp17"),
                    ("Optimization", Optimization),
                    ("AdditionalIncludeDirectories", string.Join(';', IncludeFolders)),
                    ("ObjectFileName", "$(IntDir)%(RelativeDir)"),
                ],
                AtTheEnd = $"""<Import Project="{CompileOff}" Condition="'$(CompileOff)' == 'true'" />""",
            }.WriteTo(developer, Project);
            await developer.InitializeAsync();
            (await developer.RunAsync("dotnet", "msbuild", Project, "-t:Restore", "-nologo", "-v:quiet", "-tl:off")).MustSucceed();
            return developer;
        }
        catch
        {
            developer.Dispose();
            throw;
        }
    }
}
