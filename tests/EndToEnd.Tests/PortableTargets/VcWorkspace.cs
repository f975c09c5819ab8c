using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests.PortableTargets;

/// <summary>A checkout that builds with the portable VC targets alone: no package, nothing but projects as Visual Studio left them.</summary>
internal sealed class VcWorkspace : IDisposable
{
    private readonly Developer _developer = new();

    private VcWorkspace() =>
        _developer.Write("Directory.Build.rsp", $"-p:VCTargetsPath={Targets}/\n-rp:VCTargetsPath={Targets}/\n");

    /// <summary>The portable targets under test, with their tasks: those of the installed tool, unless DISTBUILD_TEST_VC names others.</summary>
    public static string Targets { get; } = System.Environment.GetEnvironmentVariable("DISTBUILD_TEST_VC") is { Length: > 0 } folder ? folder : Product.PortableTargets;

    public string Folder => _developer.Folder;

    public Dictionary<string, string> Environment => _developer.Environment;

    /// <summary>The full path of a file of the checkout.</summary>
    public string this[string file] => _developer.PathOf(file);

    public static VcWorkspace Empty() => new();

    /// <summary>A copy of <c>tests/Fixtures/portable/NAME</c>.</summary>
    public static VcWorkspace Of(string fixture)
    {
        VcWorkspace workspace = new();
        string source = Path.Combine(Product.Repository, "tests", "Fixtures", "portable", fixture);
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = workspace[Path.GetRelativePath(source, file)];
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return workspace;
    }

    /// <summary>A copy of the CMake project's sources and of the solution that CMake generated.</summary>
    public static VcWorkspace OfCMake()
    {
        VcWorkspace workspace = new();
        CMakeFixture.CopyTo(workspace.Folder, "source", "solution");
        return workspace;
    }

    public void Write(string file, string text) => _developer.Write(file, text);

    public string Read(string file) => _developer.Read(file);

    /// <summary>Replaces text of a file, which must be there.</summary>
    public void Edit(string file, string text, string by)
    {
        string before = Read(file);
        Assert.Contains(text, before);
        Write(file, before.Replace(text, by));
    }

    /// <summary>All files, relative to the checkout, in order.</summary>
    public string[] Files() =>
        [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal)];

    /// <summary><c>dotnet build</c>: restores and builds.</summary>
    public Task<ProgramResult> DotnetBuildAsync(string project, params string[] arguments) => RunAsync("dotnet", ["build", project, "-nologo", "-tl:off", "-clp:NoSummary", .. arguments]);

    /// <summary><c>dotnet msbuild</c>: builds.</summary>
    public Task<ProgramResult> MSBuildAsync(string project, params string[] arguments) => RunAsync("dotnet", ["msbuild", project, "-nologo", "-tl:off", "-clp:NoSummary", .. arguments]);

    /// <summary>Runs a program of the checkout, or one on the PATH when there is none of this name.</summary>
    public Task<ProgramResult> RunAsync(string program, params string[] arguments) =>
        _developer.RunAsync(File.Exists(this[program]) ? this[program] : program, arguments);

    /// <summary>Starts <c>dotnet msbuild</c> and does not wait for it.</summary>
    public RunningProgram StartMSBuild(string project, params string[] arguments) =>
        RunningProgram.Start("dotnet", ["msbuild", project, "-nologo", "-tl:off", .. arguments], Folder, Environment);

    public void Dispose() => _developer.Dispose();
}
