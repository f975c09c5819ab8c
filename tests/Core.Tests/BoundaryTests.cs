using System.Text.RegularExpressions;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests;

/// <summary>The arrows of docs/architecture.md that the compiler does not keep by itself.</summary>
[TestClass]
public sealed class BoundaryTests
{
    [TestMethod]
    public void What_is_tested_is_what_this_runtime_would_load() => LoadedAssembly.MustBeOfThisRuntime(typeof(Core.Hashing.Digest).Assembly);

    [TestMethod]
    public void Core_refers_to_no_build_engine_and_no_host()
    {
        string[] strangers = [.. typeof(Core.Hashing.Digest).Assembly.GetReferencedAssemblies()
            .Select(assembly => assembly.Name!)
            .Where(name => name.StartsWith("Microsoft.Build", StringComparison.Ordinal)
                || name.StartsWith("Microsoft.Extensions", StringComparison.Ordinal)
                || name == "System.Console")];

        Assert.IsEmpty(strangers, string.Join(", ", strangers));
    }

    [TestMethod]
    [DataRow("a process is started", @"Process\.Start\(|new Process\b|new\(\) \{ StartInfo", "src/Core/Processes")]
    [DataRow("a socket is opened", @"new Socket\(|new TcpListener\(|new TcpClient\(|new UdpClient\(", "src/Core/Client", "src/Core/Discovery", "src/Agent/Connections")]
    [DataRow("a compiler flag stands", "\"(-f[a-z]|-std=|-MD|-MF|/showIncludes)", "src/Core/Compilers", "src/Tasks/Toolsets", "src/Tasks/Building")]
    public void Only_in_its_room(string what, string pattern, params string[] rooms)
    {
        string root = RepositoryRoot();
        string[] intruders = [.. Sources(root)
            .Where(file => !rooms.Any(room => file.StartsWith(room + "/", StringComparison.Ordinal)))
            .Where(file => Regex.IsMatch(File.ReadAllText(Path.Combine(root, file)), pattern))];

        Assert.IsEmpty(intruders, $"{what} in {string.Join(", ", intruders)}");
    }

    [TestMethod]
    public void Placement_decides_without_clock_and_socket()
    {
        string root = RepositoryRoot();
        string[] files = [.. Sources(root).Where(file => file.StartsWith("src/Core/Placement/", StringComparison.Ordinal))];

        Assert.IsNotEmpty(files);
        foreach (string file in files)
        {
            Assert.DoesNotMatchRegex(new Regex(@"DateTime\.|Stopwatch|Socket|Task\.Delay"), File.ReadAllText(Path.Combine(root, file)), file);
        }
    }

    private static IEnumerable<string> Sources(string root) => Directory
        .EnumerateFiles(Path.Combine(root, "src"), "*.cs", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    private static string RepositoryRoot()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "DistBuild.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder;
    }
}
