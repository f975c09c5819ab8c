using System.Text;
using DistBuild.Core.Client;
using DistBuild.Core.Compilers;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Placement;
using DistBuild.Core.Store;
using DistBuild.Core.Units.Records;
using DistBuild.Tests.Shared;

namespace DistBuild.Fuzz.Targets;

/// <summary>Small files that are read by their path.</summary>
internal static class FileTargets
{
    /// <summary>A file each time, and for a store some folders.</summary>
    private const double Share = 0.1, ShareOfStores = 0.01;

    private static readonly Lazy<TemporaryFolder> Folder = new(() => new TemporaryFolder("distbuild-fuzz-"));

    public static IEnumerable<FuzzTarget> All
    {
        get
        {
            string digits = Digest.Of("secret"u8).ToString();
            return
            [
                new("cluster key files", [Encoding.UTF8.GetBytes($"# ours\n{digits}\n"), Encoding.UTF8.GetBytes($"read-only {digits}\n")], bytes => WithFile("key", bytes, IsKey), null, Share),
                new(
                    "remembered toolchains", [Written("toolchain", path => new RememberedToolchain(Digest.Of("gcc"u8), "12.2", "x86_64", [new FileIdentity("/usr/bin/gcc", 1, 2, 3, 4)]).Save(path))],
                    bytes => WithFile("toolchain", bytes, path => RememberedToolchain.Load(path) is { } found && !found.Holds()), SealWithDigest, Share),
                new(
                    "remembered folders", [Written("folders", path => RememberedFolders.Save(path, ["/no/such/folder"], 0))],
                    bytes => WithFile("folders", bytes, path => RememberedFolders.Load(path) is not null), SealWithDigest, Share),
                new(
                    "times of compiles", [Written("times", path => Took(path, "a.o"))],
                    bytes => WithFile("times", bytes, path => new UnitTimes(path).Expect("a.o", 100) > TimeSpan.Zero), SealWithDigest, Share),
                new(
                    "agents that failed", [Failed()],
                    bytes => WithFile(FailedAgents, bytes, path => new RememberedFailures(Path.GetDirectoryName(Path.GetDirectoryName(path))!, TimeProvider.System).MayUse(Guid.Empty)), SealWithDigest, Share),
                new("markers and sizes of stores", ["5 6\n"u8.ToArray(), "1\n"u8.ToArray()], ReadStore, null, ShareOfStores),
            ];
        }
    }

    private static string FailedAgents => Path.Combine("store", "notes", "failed-agents");

    private static bool IsKey(string path)
    {
        try
        {
            return ClusterKey.Load(path).Warning is null or { Length: > 0 };
        }
        catch (ClusterKeyException)
        {
            return false;
        }
    }

    /// <summary>Both small files of a store have these bytes, and it still keeps and gives.</summary>
    private static bool ReadStore(byte[] bytes)
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["v1"]);
        File.WriteAllBytes(folder["store-version"], bytes);
        File.WriteAllBytes(Path.Combine(folder["v1"], "size"), bytes);
        ObjectStore store = ObjectStore.Open(folder.Path, 1 << 20);
        bool isKept = store.TryAdd(Digest.Of("key"u8), new Core.Units.CompiledResult("object"u8.ToArray(), default, default), "fuzz");
        store.Trim(CancellationToken.None);
        Assert.AreEqual(isKept, store.TryGet(Digest.Of("key"u8)) is not null);
        return true;
    }

    private static void Took(string path, string unit)
    {
        UnitTimes times = new(path);
        times.Took(unit, new CompileTime(TimeSpan.FromSeconds(2), 1000));
        times.Save();
    }

    private static byte[] Failed()
    {
        using TemporaryFolder folder = new();
        new RememberedFailures(folder.Path, TimeProvider.System).Fail(Guid.NewGuid());
        return File.ReadAllBytes(Directory.GetFiles(folder.Path, "failed-agents", SearchOption.AllDirectories).Single());
    }

    private static byte[] Written(string name, Action<string> save)
    {
        using TemporaryFolder folder = new();
        save(folder[name]);
        return File.ReadAllBytes(folder[name]);
    }

    private static bool WithFile(string name, byte[] bytes, Func<string, bool> read)
    {
        string path = Folder.Value[name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return read(path);
    }

    public static void RemoveFolder()
    {
        if (Folder.IsValueCreated)
        {
            Folder.Value.Dispose();
        }
    }

    private static byte[] SealWithDigest(byte[] bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        string lines = text[..(text.LastIndexOf('\n') + 1)];
        return Encoding.UTF8.GetBytes(lines + Digest.Of(Encoding.UTF8.GetBytes(lines)));
    }
}
