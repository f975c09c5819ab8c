using System.Globalization;
using System.Text;
using DistBuild.Core.Processes;
using DistBuild.Core.Store;

namespace DistBuild.Core.Tests.Store;

/// <summary>
/// The test assembly as a program of its own, for what only real processes show: <c>dotnet exec DistBuild.Core.Tests.dll VERB …</c>, or <c>mono</c>.
/// </summary>
internal static class Worker
{
    private const long Limit = 1L << 40;

    public static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["atomic", string path]:
                AtomicFile.Write(path, new byte[100], CancellationToken.None);
                return 0;
            case ["fill", string folder, string first, string count, string length]:
                Fill(ObjectStore.Open(folder, Limit), Number(first), Number(count), Number(length));
                return 0;
            case ["probe", string folder, string count]:
                Probe(ObjectStore.Open(folder, Limit), Number(count));
                return 0;
            case ["build", string folder, string store]:
                Client.BuildWorker.RunAsync(folder, store).GetAwaiter().GetResult();
                return 0;
            case ["hammer", string folder, string limit, string seed, string rounds]:
                return Hammer(ObjectStore.Open(folder, Number(limit)), new Random(Number(seed)), Number(rounds));
            default:
#if NETFRAMEWORK
                // Without a verb it is what runs the tests.
                return MicrosoftTestingPlatformApplication.RunAsync(arguments).GetAwaiter().GetResult();
#else
                Console.Error.WriteLine("unknown verb");
                return 64;
#endif
        }
    }

    /// <summary>Runs this program under a shell script that ends in <c>exec "$@"</c>; returns what it printed.</summary>
    public static async Task<string> RunAsync(string script, params string[] arguments)
    {
        ProcessResult result = await ProcessRunner.RunAsync(Request(script, arguments), CancellationToken.None);
        string output = Encoding.UTF8.GetString(result.Output);
        Assert.AreEqual(0, result.ExitCode, output + Encoding.UTF8.GetString(result.Errors));
        return output;
    }

    public static ProcessRequest Request(string script, params string[] arguments)
    {
#if NETFRAMEWORK
        string[] program = ["mono", "--debug", typeof(Worker).Assembly.Location];
#else
        string[] program = [Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet")), "exec", typeof(Worker).Assembly.Location];
#endif
        Dictionary<string, string> environment = new()
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["HOME"] = Environment.GetEnvironmentVariable("HOME") ?? "/",
            ["DOTNET_EnableDiagnostics"] = "0",
            ["DOTNET_TieredPGO"] = "0",
        };
        return new ProcessRequest("/bin/sh", ["-c", script, "sh", .. program, .. arguments], "/", environment);
    }

    /// <summary>Adds entries one after another and prints how that went.</summary>
    private static void Fill(ObjectStore store, int first, int count, int length)
    {
        int kept = 0;
        for (int i = first; i < first + count; i++)
        {
            kept += store.TryAdd(Results.Key(i), Results.Of(i, length), "worker") ? 1 : 0;
        }

        store.Trim(CancellationToken.None);
        Console.WriteLine($"kept {kept}");
        Report(store, first + count);
    }

    private static void Probe(ObjectStore store, int count) => Report(store, count);

    private static void Report(ObjectStore store, int count)
    {
        Console.WriteLine($"hits {Enumerable.Range(0, count).Count(i => store.TryGet(Results.Key(i)) is not null)}");
        Console.WriteLine($"temporary {new StoreLayout(store.Folder).TemporaryFiles().Count()}");
        Console.WriteLine($"problem {store.Problem}");
    }

    /// <summary>Adds, gets, trims at random; exits with 1 at the first result that is not its key's.</summary>
    private static int Hammer(ObjectStore store, Random random, int rounds)
    {
        const int Keys = 50;
        for (int i = 0; i < rounds; i++)
        {
            int number = random.Next(Keys);
            int length = 1000 * (1 + (number % 40));
            if (random.Next(3) == 0)
            {
                store.TryAdd(Results.Key(number), Results.Of(number, length), "worker");
            }
            else if (store.TryGet(Results.Key(number)) is { } result && !Results.AreEqual(result, Results.Of(number, length)))
            {
                Console.WriteLine($"key {number} has another's result");
                return 1;
            }

            if (i % 20 == 0)
            {
                store.Trim(CancellationToken.None);
            }
        }

        Console.WriteLine($"problem {store.Problem}");
        return 0;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
