using DistBuild.Core.Store;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Store;

/// <summary>Stores on disks that really are full, read-only or someone else's. Mounts live in the child's own mount namespace and end with it.</summary>
[TestClass]
public sealed class StoreProblemTests
{
    // An ordinary user may mount a tmpfs inside a user namespace of his own.
    private static readonly string Unshare = Environment.UserName == "root" ? "unshare -m" : "unshare -rm";

    // root passes every permission check, unless it gives that capability up.
    private static readonly string Obey = Environment.UserName == "root" ? "setpriv --bounding-set=-dac_override,-dac_read_search " : "";

    [TestMethod]
    public async Task A_full_disk_keeps_what_fits_and_says_so_in_one_sentence()
    {
        using TemporaryFolder folder = new();

        string output = await Worker.RunAsync(
            $"exec {Unshare} sh -c 'mount -t tmpfs -o size=1m tmpfs {folder.Path} && exec \"$@\"' sh \"$@\"", "fill", folder["store"], "0", "30", "100000");

        string[] lines = output.Split('\n');
        int kept = int.Parse(lines[0]["kept ".Length..]);
        Assert.IsGreaterThan(5, kept);
        Assert.IsLessThan(11, kept, "a megabyte holds at most ten");
        Assert.AreEqual($"hits {kept}", lines[1], "what was said to be kept is there, and nothing else");
        Assert.AreEqual("temporary 0", lines[2]);
        Assert.AreEqual(
            $"problem The compile cache in '{folder["store"]}' cannot keep new results: the disk or its quota is full. "
            + "Free some space, or set DistBuildStore to another folder.",
            lines[3]);
    }

    [NotOnNetFramework("mono takes the limit for an unknown error and prints that")]
    [TestMethod]
    public async Task A_file_size_limit_of_the_process_is_told_apart_from_a_full_disk()
    {
        using TemporaryFolder folder = new();

        // The shell counts in blocks of 512 bytes; the runtime's own files stay below 64 MiB of double mapping with that feature off.
        string output = await Worker.RunAsync(
            "trap '' XFSZ; ulimit -f 100; export DOTNET_EnableWriteXorExecute=0; exec \"$@\"", "fill", folder["store"], "0", "3", "100000");

        string[] lines = output.Split('\n');
        Assert.AreEqual("kept 0", lines[0]);
        Assert.AreEqual("temporary 0", lines[2]);
        Assert.Contains("this process may not write files that large. Raise the file size limit (ulimit -f)", lines[3]);
    }

    [NotOnNetFramework("mono does not tell a file system that is read-only from one that this account may not write")]
    [TestMethod]
    public async Task A_read_only_file_system_still_gives_hits()
    {
        using TemporaryFolder folder = new();

        string output = await Worker.RunAsync(
            $"exec {Unshare} sh -c 'mount -t tmpfs tmpfs {folder.Path} && \"$1\" \"$2\" \"$3\" fill {folder["store"]} 0 5 1000 >/dev/null "
            + $"&& mount -o remount,ro {folder.Path} && exec \"$@\"' sh \"$@\"",
            "fill", folder["store"], "5", "5", "1000");

        string[] lines = output.Split('\n');
        Assert.AreEqual("kept 0", lines[0]);
        Assert.AreEqual("hits 5", lines[1]);
        Assert.AreEqual(
            $"problem The compile cache in '{folder["store"]}' cannot keep new results: the file system is read-only. "
            + "Make it writable, or set DistBuildStore to another folder.",
            lines[3]);
    }

    [TestMethod]
    public async Task A_folder_this_account_may_not_write_still_gives_hits()
    {
        using TemporaryFolder folder = new();
        await Worker.RunAsync("exec \"$@\"", "fill", folder["store"], "0", "5", "1000");

        string output = await Worker.RunAsync(
            $"chmod -R a-w {folder["store"]}; {Obey}\"$@\"; chmod -R u+w {folder["store"]}", "fill", folder["store"], "5", "5", "1000");

        string[] lines = output.Split('\n');
        Assert.AreEqual("kept 0", lines[0]);
        Assert.AreEqual("hits 5", lines[1]);
        Assert.StartsWith($"problem The compile cache in '{folder["store"]}' cannot keep new results: this account may not write there (", lines[3]);
        Assert.EndsWith("Give this account the folder, or set DistBuildStore to another folder.", lines[3]);
    }

    [TestMethod]
    public async Task A_folder_this_account_may_not_even_create_is_an_empty_store()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["locked"]);

        string output = await Worker.RunAsync(
            $"chmod 000 {folder["locked"]}; {Obey}\"$@\"; chmod 700 {folder["locked"]}", "fill", folder["locked/store"], "0", "5", "1000");

        string[] lines = output.Split('\n');
        Assert.AreEqual("kept 0", lines[0]);
        Assert.AreEqual("hits 0", lines[1]);
        Assert.Contains("this account may not write there", lines[3]);
    }

    [TestMethod]
    public void A_file_where_the_folder_should_be_is_an_empty_store()
    {
        using TemporaryFolder folder = new();
        folder.Write("file", "x");

        AssertEmpty(ObjectStore.Open(folder["file/store"], 1 << 20), folder["file"]);
        AssertEmpty(ObjectStore.Open(folder["file"], 1 << 20), folder["file"]);
    }

    [TestMethod]
    public void A_path_that_is_none_is_an_empty_store()
    {
        AssertEmpty(ObjectStore.Open("", 1 << 20), "DistBuildStore");
        AssertEmpty(ObjectStore.Open("a\0b", 1 << 20), "DistBuildStore");
    }

    [TestMethod]
    [DataRow("2")]
    [DataRow("999999999999")]
    [DataRow("not a number")]
    [DataRow("")]
    public void A_store_that_a_newer_version_took_over_is_left_alone(string marker)
    {
        using TemporaryFolder folder = new();
        ObjectStore.Open(folder["store"], 1 << 20).TryAdd(Results.Key(1), Results.Of(1), "");
        folder.Write("store/store-version", marker + "\n");
        string[] before = folder.Files();

        ObjectStore store = ObjectStore.Open(folder["store"], 1 << 20);

        AssertEmpty(store, folder["store"]);
        Assert.AreEqual(
            $"The compile cache in '{folder["store"]}' is not used: its store version is '{marker}' and this DistBuild knows versions up to 1. "
            + "Update DistBuild here, or set DistBuildStore to another folder.",
            store.Problem);
        CollectionAssert.AreEquivalent(before, folder.Files());
    }

    /// <summary>Every question has the answer of an empty store, nothing throws, and the one problem is told.</summary>
    private static void AssertEmpty(ObjectStore store, string told)
    {
        Assert.IsNull(store.TryGet(Results.Key(1)));
        Assert.IsFalse(store.TryAdd(Results.Key(1), Results.Of(1), ""));
        Assert.IsFalse(store.MayHave(Results.Key(1).Fingerprint));
        store.Remove(Results.Key(1));
        store.Trim(CancellationToken.None);
        Assert.AreEqual(0, store.Statistics().Entries);
        Assert.AreEqual(new StoreVerification(0, 0, 0), store.Verify(CancellationToken.None));
        Assert.AreEqual(0, store.Clear(CancellationToken.None));
        Assert.Contains(told, store.Problem!);
    }
}
