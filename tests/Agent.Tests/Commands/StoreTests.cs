using System.Text.Json;
using DistBuild.Core.Hashing;
using DistBuild.Core.Store;
using DistBuild.Core.Units;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Commands;

[TestClass]
public sealed class StoreTests : IDisposable
{
    private const int ObjectSize = 100_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task Stats_count_what_is_there()
    {
        Fill(3);

        Tool table = await RunAsync("stats"), json = await RunAsync("stats", "--json", "--store-size", "1G");

        Assert.AreEqual(0, table.ExitCode, table.Errors);
        Assert.Contains("  3  ", table.Lines[1]);
        using JsonDocument document = JsonDocument.Parse(json.Output);
        Assert.AreEqual(3, document.RootElement.GetProperty("entries").GetInt32());
        Assert.IsGreaterThan(3L * ObjectSize, document.RootElement.GetProperty("bytes").GetInt64());
        Assert.AreEqual(1L << 30, document.RootElement.GetProperty("limit").GetInt64());
        Assert.AreEqual(_folder["store"], document.RootElement.GetProperty("folder").GetString());
    }

    [TestMethod]
    public async Task Verify_removes_what_is_damaged_and_keeps_the_rest()
    {
        Fill(3);
        string victim = Directory.EnumerateFiles(_folder["store"], "*", SearchOption.AllDirectories).First(file => new FileInfo(file).Length > ObjectSize);
        using (FileStream file = File.OpenWrite(victim))
        {
            file.Position = ObjectSize / 2;
            file.WriteByte(99);
        }

        using JsonDocument document = JsonDocument.Parse((await RunAsync("verify", "--json")).Output);

        Assert.AreEqual(1, document.RootElement.GetProperty("removed").GetInt32());
        Assert.AreEqual(2, document.RootElement.GetProperty("entries").GetInt32());
    }

    [TestMethod]
    public async Task Trim_brings_the_store_below_its_limit()
    {
        Fill(10);

        using JsonDocument document = JsonDocument.Parse((await RunAsync("trim", "--json", "--store-size", "500000")).Output);

        Assert.IsLessThanOrEqualTo(500_000L, document.RootElement.GetProperty("bytes").GetInt64());
        Assert.AreEqual(10L, document.RootElement.GetProperty("removed").GetInt64() + document.RootElement.GetProperty("entries").GetInt64());
    }

    [TestMethod]
    public async Task Clear_leaves_nothing()
    {
        Fill(2);

        Tool cleared = await RunAsync("clear", "--json");

        using JsonDocument document = JsonDocument.Parse(cleared.Output);
        Assert.AreEqual(2, document.RootElement.GetProperty("removed").GetInt32());
        Assert.AreEqual(0, Store().Statistics().Entries);
    }

    [TestMethod]
    public async Task A_store_that_cannot_be_used_is_named_with_the_reason()
    {
        _folder.Write("store", "a file");

        Tool tool = await RunAsync("stats");

        Assert.AreEqual(1, tool.ExitCode);
        Assert.Contains(_folder["store"], tool.Errors);
        Assert.AreEqual("", tool.Output);
    }

    private void Fill(int entries)
    {
        ObjectStore store = Store();
        for (int i = 0; i < entries; i++)
        {
            byte[] content = new byte[ObjectSize];
            new Random(i).NextBytes(content);
            Assert.IsTrue(store.TryAdd(Digest.Of(content), new CompiledResult(content, default, default), "test"));
        }
    }

    private ObjectStore Store() => ObjectStore.Open(_folder["store"], 1L << 30);

    private Task<Tool> RunAsync(params string[] arguments) =>
        Tool.RunAsync(_folder.Path, new Dictionary<string, string> { ["DistBuildStore"] = "store" }, ["store", .. arguments]);
}
