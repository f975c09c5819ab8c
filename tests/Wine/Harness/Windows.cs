using System.Reflection;
using DistBuild.EndToEnd.Tests.Harness;
using DistBuild.Tests.Shared;

namespace DistBuild.Wine.Harness;

/// <summary>
/// One Windows for all tests: a wine prefix of its own, with a compiler named clang-cl.exe on its PATH. Nothing of it is in the user's home, and nothing runs or
/// stays when the tests have ended.
/// </summary>
internal static class Windows
{
    private const string MingwCompiler = "x86_64-w64-mingw32-gcc-posix", LinuxCompiler = "clang-cl-19";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static TemporaryFolder? s_folder;
    private static RunningProgram? s_lasting;

    /// <summary>The compiler on Windows, for programs that mingw's linker takes. The same words behind the program's name on Linux make the same object.</summary>
    public static IReadOnlyList<string> ClangCl { get; } = ["clang-cl", "--target=x86_64-w64-windows-gnu"];

    /// <summary>The same on Linux.</summary>
    public static IReadOnlyList<string> LinuxClangCl { get; } = [LinuxCompiler, .. ClangCl.Skip(1)];

    /// <summary>The tool as it is published for Windows.</summary>
    public static string Tool => Path.Combine(Published, "windows", "distbuild.exe");

    /// <summary>The tool as it is published for this Linux.</summary>
    public static string LinuxTool => Path.Combine(Published, "linux", "distbuild");

    /// <summary>The folder that is <c>C:\</c>.</summary>
    public static string DriveC => Path.Combine(Folder["prefix"], "drive_c");

    private static string Published { get; } =
        Path.Combine(typeof(Windows).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "Checkout").Value!, "artifacts", "wine");

    private static TemporaryFolder Folder => s_folder ?? throw new InvalidOperationException("Windows is not set up.");

    /// <summary>A path of Linux as a program of Windows knows it.</summary>
    public static string PathOf(string path) => "Z:" + path.Replace('/', '\\');

    /// <summary>Nothing of this machine's but the PATH.</summary>
    public static Dictionary<string, string> LinuxEnvironment()
    {
        Dictionary<string, string> environment = new()
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["LANG"] = "C.UTF-8",
            ["HOME"] = Folder["home"],
            ["TMPDIR"] = Folder["tmp"],
            ["DOTNET_NOLOGO"] = "1",
        };
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root)
        {
            environment["DOTNET_ROOT"] = root;
        }

        return environment;
    }

    public static Dictionary<string, string> WindowsEnvironment() => new(LinuxEnvironment())
    {
        ["WINEPREFIX"] = Folder["prefix"],
        ["WINEPATH"] = PathOf(Folder["bin"]),
        ["WINEDEBUG"] = "-all",
        // Nothing in the user's menus, and no pages of registers when a program ends badly.
        ["WINEDLLOVERRIDES"] = "winemenubuilder.exe,winedbg.exe,mshtml=",
        // .NET's pages that are written and run at different addresses are more than wine can do.
        ["DOTNET_EnableWriteXorExecute"] = "0",
    };

    /// <summary>Runs a program of Windows to its end.</summary>
    public static Task<ProgramResult> RunAsync(params string[] command) => RunAsync(command, Folder.Path, new Dictionary<string, string>());

    public static async Task<ProgramResult> RunAsync(string[] command, string folder, IReadOnlyDictionary<string, string> variables)
    {
        await using RunningProgram program = Start(command, folder, variables);
        return await program.ExitAsync(Patience);
    }

    public static RunningProgram Start(string[] command, string folder, IReadOnlyDictionary<string, string> variables) =>
        RunningProgram.Start(["wine", .. command], folder, With(WindowsEnvironment(), variables));

    /// <summary>Runs a program of Linux to its end.</summary>
    public static async Task<ProgramResult> RunOnLinuxAsync(IReadOnlyList<string> command, string folder, IReadOnlyDictionary<string, string> variables)
    {
        await using RunningProgram program = RunningProgram.Start([.. command], folder, With(LinuxEnvironment(), variables));
        return await program.ExitAsync(Patience);
    }

    public static async Task SetUpAsync()
    {
        Assert.IsTrue(File.Exists(Tool) && File.Exists(LinuxTool), $"{Published} has no tools; ./build.sh test-wine publishes them.");
        s_folder = new TemporaryFolder("distbuild-wine-");
        foreach (string name in (string[])["home", "tmp", "bin", "prefix"])
        {
            Directory.CreateDirectory(Folder[name]);
        }

        string programs = Path.Combine(AppContext.BaseDirectory, "Programs");
        foreach (string source in Directory.GetFiles(programs, "*.c"))
        {
            string program = Path.Combine(Folder["bin"], Path.GetFileNameWithoutExtension(source) + ".exe");
            string[] compile = [MingwCompiler, "-O1", "-municode", "-Wall", "-Wextra", "-Werror", $"-DCOMPILER=\"{LinuxCompiler}\"", "-o", program, source];
            (await RunOnLinuxAsync(compile, Folder.Path, new Dictionary<string, string>())).MustSucceed();
        }

        (await RunAsync("wineboot", "-i")).MustSucceed();
        (await RunAsync("reg", "add", @"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f")).MustSucceed();

        // Without a program wine shuts Windows down, and the next one starts it again with all its services.
        s_lasting = Start(["hold", PathOf(Folder["end"])], Folder.Path, new Dictionary<string, string>());
        await s_lasting.PrintsAsync("held");
    }

    /// <summary>Ends every program of this Windows, and removes it.</summary>
    public static async Task TearDownAsync()
    {
        if (s_folder is not null)
        {
            Dictionary<string, string> environment = WindowsEnvironment();
            await RunOnLinuxAsync(["wineserver", "-k"], Folder.Path, environment);
            await RunOnLinuxAsync(["wineserver", "-w"], Folder.Path, environment);
            await (s_lasting?.DisposeAsync() ?? ValueTask.CompletedTask);
            s_folder.Dispose();
        }
    }

    private static Dictionary<string, string> With(Dictionary<string, string> environment, IReadOnlyDictionary<string, string> variables)
    {
        foreach ((string name, string value) in variables)
        {
            environment[name] = value;
        }

        return environment;
    }
}
