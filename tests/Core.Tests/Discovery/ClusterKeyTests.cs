using DistBuild.Core.Discovery;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Discovery;

[TestClass]
public sealed class ClusterKeyTests
{
    private const string Digits = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    [TestMethod]
    [DataRow(Digits)]
    [DataRow("# ours\r\n\r\n  " + Digits + "  \r\n# end")]
    [DataRow("\ufeff" + Digits + "\n")]
    public void A_key_file_has_one_line_of_digits_and_comments(string text)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["key"], text);

        byte[] mac = ClusterKey.Load(folder["key"]).Authenticate(ClusterKey.Purpose.Datagram, [1]);

        CollectionAssert.AreEqual(Wire.Samples.ClusterKey.Authenticate(ClusterKey.Purpose.Datagram, [1]), mac);
    }

    [TestMethod]
    [DataRow("", DisplayName = "empty")]
    [DataRow("# only a comment", DisplayName = "no digits")]
    [DataRow("0011", DisplayName = "too short")]
    [DataRow(Digits + "00", DisplayName = "too long")]
    [DataRow(Digits + "\n" + Digits, DisplayName = "two keys")]
    [DataRow("zz" + Digits, DisplayName = "not hexadecimal")]
    public void What_is_not_a_key_is_said_with_the_way_to_make_one(string text)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["key"], text);

        ClusterKeyException e = Assert.Throws<ClusterKeyException>(() => ClusterKey.Load(folder["key"]));

        Assert.Contains(folder["key"], e.Message);
        Assert.Contains("distbuild cluster new-key", e.Message);
    }

    [TestMethod]
    public void A_huge_file_is_not_read()
    {
        using TemporaryFolder folder = new();
        using (FileStream file = File.Create(folder["key"]))
        {
            file.SetLength(10L << 30);
        }

        Assert.Contains("is not a cluster key file", Assert.Throws<ClusterKeyException>(() => ClusterKey.Load(folder["key"])).Message);
    }

    [TestMethod]
    public void A_missing_file_and_a_folder_are_told_apart()
    {
        using TemporaryFolder folder = new();

        Assert.Contains("does not exist", Assert.Throws<ClusterKeyException>(() => ClusterKey.Load(folder["none"])).Message);
        Assert.Contains("cannot be read", Assert.Throws<ClusterKeyException>(() => ClusterKey.Load(folder.Path)).Message);
    }

    [NotOnNetFramework("it knows no mode bits; on Windows, where alone it builds, there are none")]
    [TestMethod]
    public void A_generated_key_is_new_private_and_can_be_loaded()
    {
        using TemporaryFolder folder = new();
        ClusterKey.Generate(folder["a"]);
        ClusterKey.Generate(folder["b"]);

        Assert.AreNotEqual(File.ReadAllText(folder["a"]), File.ReadAllText(folder["b"]));
        Assert.IsNull(ClusterKey.Load(folder["a"]).Warning);
        if (!OperatingSystem.IsWindows())
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["a"]));
        }
    }

    [TestMethod]
    public void An_existing_file_is_never_overwritten()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["key"], "precious");

        Assert.Contains("exists already", Assert.Throws<ClusterKeyException>(() => ClusterKey.Generate(folder["key"])).Message);

        Assert.AreEqual("precious", File.ReadAllText(folder["key"]));
        Assert.Contains("cannot be written", Assert.Throws<ClusterKeyException>(() => ClusterKey.Generate(folder["no/such/folder"])).Message);
    }

    [NotOnNetFramework("it knows no mode bits; on Windows, where alone it builds, there are none")]
    [TestMethod]
    public void A_key_that_others_can_read_is_used_with_a_warning()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Windows has no mode bits.");
            return;
        }

        using TemporaryFolder folder = new();
        ClusterKey.Generate(folder["key"]);
        File.SetUnixFileMode(folder["key"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        string? warning = ClusterKey.Load(folder["key"]).Warning;

        Assert.Contains($"chmod 600 '{folder["key"]}'", warning!);
    }

    [TestMethod]
    public void A_key_for_datagrams_does_not_prove_a_connection() => CollectionAssert.AreNotEqual(
        Wire.Samples.ClusterKey.Authenticate(ClusterKey.Purpose.Datagram, [1]), Wire.Samples.ClusterKey.Authenticate(ClusterKey.Purpose.Connection, [1]));
}
