using System.Globalization;
using System.Text;
using DistBuild.Core.Hashing;
using DistBuild.Core.Processes;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Hashing;

[TestClass]
public sealed class XxHash64Tests
{
    private const ulong Seed = 2654435761;

    /// <summary>XSUM_XXH64_testdata of xxHash's own tests/sanity_test.c, over its generated buffer.</summary>
    [TestMethod]
    [DataRow(0, 0ul, 0xEF46DB3751D8E999ul)]
    [DataRow(0, Seed, 0xAC75FDA2929B17EFul)]
    [DataRow(1, 0ul, 0xE934A84ADB052768ul)]
    [DataRow(1, Seed, 0x5014607643A9B4C3ul)]
    [DataRow(4, 0ul, 0x9136A0DCA57457EEul)]
    [DataRow(14, 0ul, 0x8282DCC4994E35C8ul)]
    [DataRow(14, Seed, 0xC3BD6BF63DEB6DF0ul)]
    [DataRow(222, 0ul, 0xB641AE8CB691C174ul)]
    [DataRow(222, Seed, 0x20CB8AB7AE10C14Aul)]
    public void The_published_vectors_come_out(int length, ulong seed, ulong expected)
    {
        byte[] buffer = new byte[length];
        ulong generator = Seed;
        for (int i = 0; i < length; i++)
        {
            buffer[i] = (byte)(generator >> 56);
            generator *= 11400714785074694797;
        }

        Assert.AreEqual(expected, XxHash64.Hash(buffer, seed));
    }

    [TestMethod]
    [DataRow("a", 0xD24EC4F1A98C6E5Bul)]
    [DataRow("abc", 0x44BC2CF5AD770999ul)]
    public void The_well_known_short_texts_come_out(string text, ulong expected) => Assert.AreEqual(expected, XxHash64.Hash(Encoding.ASCII.GetBytes(text)));

    [TestMethod]
    public async Task Every_length_up_to_300_and_large_files_agree_with_the_reference_program()
    {
        using TemporaryFolder folder = new();
        Random random = new(64);
        Dictionary<string, ulong> ours = [];
        foreach (int length in (int[])[.. Enumerable.Range(0, 301), 4095, 65_536, 1_000_003, 5_000_000])
        {
            byte[] content = new byte[length];
            random.NextBytes(content);
            await File.WriteAllBytesAsync(folder[length.ToString(CultureInfo.InvariantCulture)], content);
            ours.Add(length.ToString(CultureInfo.InvariantCulture), XxHash64.Hash(content));
        }

        ProcessResult result = await ProcessRunner.RunAsync(
            new ProcessRequest("xxhsum", ["-H1", .. ours.Keys], folder.Path, new Dictionary<string, string>()), CancellationToken.None);

        string[] lines = Encoding.ASCII.GetString(result.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.HasCount(ours.Count, lines, Encoding.UTF8.GetString(result.Errors));
        foreach (string line in lines)
        {
            string[] parts = line.Split("  ");
            Assert.AreEqual(parts[0], ours[parts[1]].ToString("x16", CultureInfo.InvariantCulture), $"{parts[1]} bytes");
        }
    }

    [TestMethod]
    public void Where_the_bytes_lie_in_memory_does_not_matter()
    {
        byte[] content = new byte[200];
        new Random(1).NextBytes(content);
        ulong expected = XxHash64.Hash(content);
        for (int offset = 0; offset < 16; offset++)
        {
            byte[] shifted = [.. new byte[offset], .. content];

            Assert.AreEqual(expected, XxHash64.Hash(shifted.AsSpan(offset)), $"offset {offset}");
        }
    }
}
