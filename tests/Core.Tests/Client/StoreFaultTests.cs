using DistBuild.Core.Store;
using DistBuild.Core.Tests.Store;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Client;

/// <summary>Whatever state the store's disk is in, a build of several units passes and says so once.</summary>
[TestClass]
public sealed class StoreFaultTests : IDisposable
{
    // An ordinary user may mount a tmpfs inside a user namespace of his own.
    private static readonly string Unshare = Environment.UserName == "root" ? "unshare -m" : "unshare -rm";

    // root passes every permission check, unless it gives that capability up.
    private static readonly string Obey = Environment.UserName == "root" ? "setpriv --bounding-set=-dac_override,-dac_read_search " : "";

    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [TestMethod]
    public async Task A_full_disk()
    {
        string said = await BuildAsync(
            $"exec {Unshare} sh -c 'mkdir {_shop.PathOf("disk")}; mount -t tmpfs -o size=16k tmpfs {_shop.PathOf("disk")} && exec \"$@\"' sh \"$@\"", "disk/store");

        Assert.Contains("the disk or its quota is full. Free some space", said);
    }

    [TestMethod]
    public async Task A_read_only_file_system()
    {
        string said = await BuildAsync(
            $"exec {Unshare} sh -c 'mkdir {_shop.PathOf("disk")}; mount -t tmpfs -o ro tmpfs {_shop.PathOf("disk")} && exec \"$@\"' sh \"$@\"", "disk/store");

        Assert.Contains("the file system is read-only", said);
    }

    [TestMethod]
    public async Task Another_accounts_folder()
    {
        Directory.CreateDirectory(_shop.PathOf("store"));

        string said = await BuildAsync($"chmod 555 {_shop.PathOf("store")}; {Obey}\"$@\"; chmod 755 {_shop.PathOf("store")}", "store");

        Assert.Contains("this account may not write there", said);
    }

    [TestMethod]
    public async Task A_newer_versions_folder()
    {
        _shop.Write("store/store-version", "99\n");

        Assert.Contains("its store version is '99'", await BuildAsync("exec \"$@\"", "store"));
    }

    [TestMethod]
    public async Task A_folder_that_is_a_file()
    {
        _shop.Write("store", "a file");

        Assert.Contains("cannot keep new results", await BuildAsync("exec \"$@\"", "store"));
    }

    [TestMethod]
    public async Task No_output_of_a_hit_or_a_compile_is_a_link_into_the_store()
    {
        _shop.Write("a.cpp", "int a;");
        await _shop.BuildAsync("a.cpp");
        byte[] compiled = File.ReadAllBytes(_shop.PathOf("a.o"));
        File.Delete(_shop.PathOf("a.o"));
        Assert.AreEqual(UnitOutcome.LocalHit, (await _shop.BuildAsync("a.cpp")).Outcome);

        // Whoever writes into the object, as strip and objcopy do, must not write into the store.
        using (FileStream output = File.Open(_shop.PathOf("a.o"), FileMode.Open))
        {
            output.Write(new byte[compiled.Length]);
        }

        Assert.AreEqual(0, ObjectStore.Open(_shop.PathOf("store"), 1 << 30).Verify(CancellationToken.None).Removed);
        Assert.AreEqual(UnitOutcome.LocalHit, (await _shop.BuildAsync("a.cpp")).Outcome);
        CollectionAssert.AreEqual(compiled, File.ReadAllBytes(_shop.PathOf("a.o")));
    }

    /// <summary>Builds three units in a process of its own, under a script; returns the one warning.</summary>
    private async Task<string> BuildAsync(string script, string store)
    {
        foreach (string name in (string[])["a.cpp", "b.cpp", "c.cpp"])
        {
            _shop.Write(name, $"int unit; // {name}");
        }

        string[] lines = (await Worker.RunAsync(script, "build", _shop.PathOf(""), _shop.PathOf(store))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        CollectionAssert.AreEqual((string[])["CompiledLocally", "CompiledLocally", "CompiledLocally"], lines[..3], string.Join('\n', lines));
        Assert.HasCount(4, lines, "exactly one warning");
        Assert.StartsWith("DB1003 ", lines[3]);
        foreach (string name in (string[])["a.o", "b.o", "c.o"])
        {
            Assert.IsTrue(File.Exists(_shop.PathOf(name)), name);
        }

        return lines[3];
    }
}
