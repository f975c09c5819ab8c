using System.Diagnostics;
using System.Text;
using DistBuild.Tasks.Building;
using DistBuild.Tasks.Tests.Toolsets;

namespace DistBuild.Tasks.Tests.Building;

[TestClass]
public sealed class ArchiveReaderTests : IDisposable
{
    private readonly Checkout _checkout = new();

    public void Dispose() => _checkout.Dispose();

    [TestMethod]
    [DataRow("ar")]
    [DataRow("llvm-ar-19")]
    public void Members_come_back_with_their_names_and_contents(string archiver)
    {
        string[] files =
        [
            _checkout.Add("one/short.obj", "odd"),
            _checkout.Add("two/short.obj", "even"),
            _checkout.Add("a name of more than sixteen letters.obj", "long"),
            _checkout.Add("another name of more than sixteen letters.obj", ""),
        ];
        string archive = Archive(archiver, files);

        (string Name, string Content)[] members = [.. ArchiveReader.Read(archive).Select(member => (member.Name, Encoding.UTF8.GetString(member.Content.Span)))];

        CollectionAssert.AreEqual(files.Select(file => (Path.GetFileName(file), File.ReadAllText(file))).ToArray(), members);
    }

    [TestMethod]
    public void An_empty_archive_has_no_members() => Assert.IsEmpty(ArchiveReader.Read(Archive("ar")));

    [TestMethod]
    [DataRow("")]
    [DataRow("!<thin>\n")]
    [DataRow("INPUT(foo)")]
    public void Another_file_is_refused(string text) =>
        Assert.ThrowsExactly<InvalidDataException>(() => ArchiveReader.Read(_checkout.Add("foo.lib", text)));

    [TestMethod]
    public void Every_cut_of_an_archive_is_refused_or_has_only_whole_members()
    {
        string archive = Archive("ar", _checkout.Add("first.obj", "1234567"), _checkout.Add("a name of more than sixteen letters.obj", "12345678"));
        byte[] whole = File.ReadAllBytes(archive);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(archive, whole[..length]);
            try
            {
                CollectionAssert.IsSubsetOf(ArchiveReader.Read(archive).Select(member => member.Content.Length).ToArray(), (int[])[7, 8], $"cut at {length}");
            }
            catch (InvalidDataException)
            {
                // Said to be damaged.
            }
        }
    }

    [TestMethod]
    [DataRow("-1")]
    [DataRow("99999999")]
    [DataRow("4294967295")]
    [DataRow("x")]
    public void A_length_that_lies_is_refused(string length)
    {
        string archive = Archive("ar", _checkout.Add("first.obj", "1234567"));
        byte[] bytes = File.ReadAllBytes(archive);
        Encoding.ASCII.GetBytes(length.PadRight(10)).CopyTo(bytes, 8 + 48);
        File.WriteAllBytes(archive, bytes);

        Assert.ThrowsExactly<InvalidDataException>(() => ArchiveReader.Read(archive));
    }

    [TestMethod]
    public void A_name_outside_the_table_is_refused()
    {
        string archive = Archive("ar", _checkout.Add("first.obj", "1234567"));
        byte[] bytes = File.ReadAllBytes(archive);
        Encoding.ASCII.GetBytes("/999".PadRight(16)).CopyTo(bytes, 8);
        File.WriteAllBytes(archive, bytes);

        Assert.ThrowsExactly<InvalidDataException>(() => ArchiveReader.Read(archive));
    }

    private string Archive(string archiver, params string[] files)
    {
        using Process process = Process.Start(archiver, ["qcS", _checkout["made.a"], .. files]);
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode);
        return _checkout["made.a"];
    }
}
