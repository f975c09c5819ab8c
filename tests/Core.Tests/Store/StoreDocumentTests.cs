using System.Text.RegularExpressions;
using DistBuild.Core.Hashing;
using DistBuild.Core.Store;
using DistBuild.Core.Units;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Store;

/// <summary>docs/store.md and the code say the same.</summary>
[TestClass]
public sealed class StoreDocumentTests
{
    [TestMethod]
    public void The_example_is_what_the_code_writes_and_reads()
    {
        string hex = Regex.Match(Document(), "```golden\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        byte[] example = Convert.FromHexString(hex.Replace(" ", "").Replace("\n", ""));
        Digest key = Digest.Of("key"u8);
        CompiledResult result = new("object"u8.ToArray(), "out"u8.ToArray(), "err"u8.ToArray());

        Assert.AreEqual(Convert.ToHexString(example), Convert.ToHexString(EntryFormat.Write(key, result, "anna@box")));
        Assert.AreEqual(EntryVerdict.Whole, EntryFormat.Read(example, out StoredEntry? entry));
        Assert.AreEqual(key, entry!.Key);
        Assert.AreEqual(Digest.Of("object"u8), entry.Content);
        Assert.AreEqual("anna@box", entry.Producer);
        Assert.IsTrue(Results.AreEqual(result, entry.Result));
    }

    [TestMethod]
    public void The_table_has_the_numbers_of_the_code()
    {
        Dictionary<string, string> table = Regex.Matches(Document(), @"^\| ([\w ]+) \| `?([0-9A-F ]+?)`? \|", RegexOptions.Multiline)
            .Cast<Match>().ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value);
        Dictionary<string, string> code = new()
        {
            ["magic"] = BitConverter.ToString(EntryFormat.Magic.ToArray()).Replace('-', ' '),
            ["version"] = EntryFormat.Version.ToString(),
            ["domain"] = EntryFormat.ResultDomain.ToString(),
            ["maximum sections"] = EntryFormat.MaximumSections.ToString(),
            ["maximum length"] = EntryFormat.MaximumLength.ToString(),
        };
        foreach (EntrySection section in Enum.GetValues<EntrySection>())
        {
            code.Add($"section {section}", ((uint)section).ToString());
        }

        CollectionAssert.AreEquivalent(code, table);
        Assert.Contains($"UTF-8, at most {EntryFormat.MaximumProducer} bytes", Document());
    }

    [TestMethod]
    public void The_layout_is_the_one_on_disk()
    {
        using TemporaryFolder folder = new();
        ObjectStore store = ObjectStore.Open(folder["store"], 1 << 20);
        store.TryAdd(Results.Key(1), Results.Of(1), "");
        store.Trim(CancellationToken.None);
        string digits = Results.Key(1).Fingerprint.ToString("x16");
        string[] expected = ["CACHEDIR.TAG", "store-version", $"v1/{digits[..2]}/{digits[2..]}", "v1/size"];

        CollectionAssert.AreEquivalent(expected, folder.Files().Select(file => Path.GetRelativePath(folder["store"], file)).ToArray());
        Assert.IsTrue(Directory.Exists(folder["store/v1/tmp"]));
        foreach (string name in (string[])["CACHEDIR.TAG", "store-version", "v1/tmp/", "v1/size"])
        {
            Assert.Contains($"\n{name}", Document());
        }

        Assert.AreEqual($"{StoreLayout.Version}\n", File.ReadAllText(folder["store/store-version"]));
        Assert.MatchesRegex(@"^\d+ \d+\n$", File.ReadAllText(folder["store/v1/size"]));
        Assert.Contains($"{StoreTrimmer.Kept * 100} % of the limit", Document());
    }

    private static string Document()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DistBuild.sln")))
        {
            folder = folder.Parent;
        }

        return File.ReadAllText(Path.Combine(folder!.FullName, "docs", "store.md"));
    }
}
