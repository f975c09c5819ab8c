using DistBuild.Core.Hashing;

namespace DistBuild.Core.Tests.Hashing;

[TestClass]
public sealed class KeyBuilderTests
{
    /// <summary>
    /// SHA-256, computed with coreutils, of these fields, each with its length as four little-endian bytes before it: domain, unit/1, language, c++,
    /// source, 32 zero bytes, argument#, 2, argument, -O2, argument, -DÄ=1.
    /// </summary>
    [TestMethod]
    public void The_bytes_of_a_key_never_change()
    {
        using KeyBuilder builder = new("unit/1");

        Digest key = builder.Add("language", "c++").Add("source", default(Digest)).AddAll("argument", ["-O2", "-DÄ=1"]).Build();

        Assert.AreEqual("bd68aee11970e9fe3a351a6f4e6fc4cbeac8ca774ab66c207c2eeb8232b77364", key.ToString());
    }

    [TestMethod]
    public void No_two_lists_of_fields_share_a_key()
    {
        Digest[] keys =
        [
            Key(_ => { }),
            Key(b => b.Add("a", "")),
            Key(b => b.Add("", "a")),
            Key(b => b.Add("a", "b")),
            Key(b => b.Add("ab", "")),
            Key(b => b.Add("a", "b").Add("c", "d")),
            Key(b => b.Add("c", "d").Add("a", "b")),
            Key(b => b.Add("a", "bcd")),
            Key(b => b.Add("a", "b\0\0\0c")),
            Key(b => b.AddAll("a", [])),
            Key(b => b.AddAll("a", [""])),
            Key(b => b.AddAll("a", ["", ""])),
            Key(b => b.AddAll("a", ["b", "c"])),
            Key(b => b.AddAll("a", ["bc"])),
            Key(b => b.AddAll("a", ["b"]).AddAll("a", ["c"])),
            Key(b => b.AddAll("a", ["b"]).AddAll("c", [])),
            Key(b => b.AddAll("a", []).AddAll("c", ["b"])),
            Key(b => b.Add("a", "b"), "unit/2"),
        ];

        CollectionAssert.AllItemsAreUnique(keys);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(4080)]
    [DataRow(4096)]
    [DataRow(4097)]
    [DataRow(100_000)]
    public void Text_and_its_bytes_are_the_same_value_at_any_length(int length)
    {
        string text = new('x', length);

        Assert.AreEqual(
            Key(b => b.Add("a", text).Add("b", text)),
            Key(b => b.Add("a", System.Text.Encoding.UTF8.GetBytes(text)).Add("b", System.Text.Encoding.UTF8.GetBytes(text))));
    }

    [TestMethod]
    public void Many_fields_hash_as_one_stream()
    {
        using System.Security.Cryptography.IncrementalHash plain =
            System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        foreach (string field in (string[])["domain", "d", .. Enumerable.Range(0, 3000).SelectMany(i => (string[])["tag", new string('v', i)])])
        {
            plain.AppendData(BitConverter.GetBytes(field.Length));
            plain.AppendData(System.Text.Encoding.ASCII.GetBytes(field));
        }

        using KeyBuilder builder = new("d");
        for (int i = 0; i < 3000; i++)
        {
            builder.Add("tag", new string('v', i));
        }

        Assert.AreEqual(new Digest(plain.GetHashAndReset()), builder.Build());
    }

    private static Digest Key(Action<KeyBuilder> add, string domain = "unit/1")
    {
        using KeyBuilder builder = new(domain);
        add(builder);
        return builder.Build();
    }
}
