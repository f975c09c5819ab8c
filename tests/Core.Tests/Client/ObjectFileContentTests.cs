using DistBuild.Core.Processes;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Client;

[TestClass]
public sealed class ObjectFileContentTests : IDisposable
{
    private readonly Workshop _shop = new();

    public void Dispose() => _shop.Dispose();

    [TestMethod]
    [DataRow("x86_64-pc-windows-msvc")]
    [DataRow("i686-pc-windows-msvc")]
    [DataRow("aarch64-pc-windows-msvc")]
    public async Task Coff_objects_of_two_moments_are_the_same(string target)
    {
        byte[] one = await CompileAsync(target, "int a;"), other = await CompileAsync(target, "int b;");

        Assert.IsTrue(ObjectFileContent.AreEqual(one, Stamped(one, 4)));
        Assert.IsFalse(ObjectFileContent.AreEqual(one, other));
    }

    [TestMethod]
    public void Coff_objects_with_many_sections_have_their_time_elsewhere()
    {
        byte[] big = [0, 0, 0xFF, 0xFF, 2, 0, 0x64, 0x86, 1, 2, 3, 4, .. new byte[100]];

        Assert.IsTrue(ObjectFileContent.AreEqual(big, Stamped(big, 8)));
        Assert.IsFalse(ObjectFileContent.AreEqual(big, Stamped(big, 4)));
        Assert.IsFalse(ObjectFileContent.AreEqual(big, Stamped(big, 12)));
    }

    [TestMethod]
    public async Task Elf_objects_have_no_time_and_every_byte_counts()
    {
        byte[] elf = await CompileAsync("x86_64-pc-linux-gnu", "int a;");

        Assert.IsTrue(ObjectFileContent.AreEqual(elf, [.. elf]));
        Assert.IsFalse(ObjectFileContent.AreEqual(elf, Stamped(elf, 4)));
        Assert.IsFalse(ObjectFileContent.AreEqual(elf, elf.AsSpan(1)));
    }

    [TestMethod]
    public void Files_of_any_length_are_compared()
    {
        for (int length = 0; length < 30; length++)
        {
            Assert.IsTrue(ObjectFileContent.AreEqual(new byte[length], new byte[length]));
            Assert.IsFalse(ObjectFileContent.AreEqual(new byte[length], new byte[length + 1]));
        }
    }

    private static byte[] Stamped(byte[] file, int at)
    {
        byte[] stamped = [.. file];
        stamped[at] ^= 0x55;
        stamped[at + 3] ^= 0x55;
        return stamped;
    }

    private async Task<byte[]> CompileAsync(string target, string text)
    {
        _shop.Write("a.cpp", text);
        TranslationUnit unit = _shop.Unit("clang++-19", "a.cpp", "--target=" + target);
        ProcessResult run = await ProcessRunner.RunAsync(ProcessRequest.For(unit.Command), CancellationToken.None);
        Assert.AreEqual(0, run.ExitCode);
        return File.ReadAllBytes(unit.Object);
    }
}
