using DistBuild.Core.Compilers;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Compilers;

[TestClass]
public sealed class ToolchainIdentifierTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("gcc", "gcc", "gcc 12.2.0 x86_64-linux-gnu")]
    [DataRow("g++-12", "gcc", "g++ 12.2.0 x86_64-linux-gnu")]
    [DataRow("clang-19", "clang", "clang 19.1.7 x86_64-pc-linux-gnu")]
    [DataRow("clang++-19", "clang", "clang++ 19.1.7 x86_64-pc-linux-gnu")]
    [DataRow("clang-cl-19", "clang-cl", "clang-cl 19.1.7 x86_64-pc-windows-msvc19.33.0")]
    public async Task A_compiler_on_PATH_is_identified(string compiler, string family, string name)
    {
        (Toolchain? toolchain, string? reason) = await IdentifyAsync(new(null), compiler);

        Assert.IsNull(reason);
        Assert.AreEqual(name, toolchain!.Name);
        Assert.AreEqual(family, toolchain.Family.Name);
        Assert.AreEqual("/usr/bin/" + compiler, toolchain.Driver);
    }

    [TestMethod]
    public async Task One_compiler_under_several_names_is_one_and_its_Cxx_driver_another_3_4()
    {
        ToolchainIdentifier identifier = new(null);
        Toolchain[] found = [.. await Task.WhenAll(((string[])["gcc", "cc", "/usr/bin/gcc-12", "x86_64-linux-gnu-gcc", "g++", "c++", "clang-19", "clang++-19"])
            .Select(async compiler => (await IdentifyAsync(identifier, compiler)).Toolchain!))];

        Assert.HasCount(1, found.Take(4).Select(toolchain => toolchain.Digest).Distinct().ToArray());
        Assert.AreEqual(found[4].Digest, found[5].Digest);
        Assert.HasCount(4, found.Select(toolchain => toolchain.Digest).Distinct().ToArray());
    }

    [TestMethod]
    public async Task A_copy_elsewhere_is_the_same_and_one_changed_byte_is_another_1_2_3_6()
    {
        string one = CopyClang("one"), two = CopyClang("two"), three = CopyClang("three");
        // Behind the last section: the program still runs.
        await File.AppendAllBytesAsync(three, [0]);
        ToolchainIdentifier identifier = new(null);

        Toolchain[] found = [.. await Task.WhenAll(((string[])[one, two, three]).Select(async driver => (await IdentifyAsync(identifier, driver)).Toolchain!))];

        Assert.AreEqual(found[0].Digest, found[1].Digest);
        Assert.AreNotEqual(found[0].Digest, found[2].Digest);
    }

    [TestMethod]
    public async Task Another_assembler_or_configuration_is_another_toolchain_6_8()
    {
        Directory.CreateDirectory(_folder["bin"]);
        File.Copy("/usr/bin/as", _folder["bin/as"]);
        await File.AppendAllBytesAsync(_folder["bin/as"], [0]);
        Dictionary<string, string> environment = new(CompilerLab.CleanEnvironment.ToDictionary()) { ["PATH"] = _folder["bin"] + ":" + CompilerLab.CleanEnvironment["PATH"] };
        ToolchainIdentifier identifier = new(null);
        Assert.AreNotEqual((await IdentifyAsync(identifier, "gcc")).Toolchain!.Digest, (await IdentifyAsync(identifier, "gcc", environment)).Toolchain!.Digest);

        string clang = CopyClang("configured");
        Toolchain plain = (await IdentifyAsync(identifier, clang)).Toolchain!;
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(clang)!, "clang.cfg"), "-O2\n");
        Assert.AreNotEqual(plain.Digest, (await IdentifyAsync(identifier, clang)).Toolchain!.Digest);
    }

    [TestMethod]
    public async Task Wrappers_and_scripts_are_named_and_not_identified_5()
    {
        File.CreateSymbolicLink(_folder["gcc"], "/usr/bin/ccache");
        File.Copy("/usr/bin/ldd", _folder["g++"]);
        ToolchainIdentifier identifier = new(null);

        (_, string? wrapper) = await IdentifyAsync(identifier, _folder["gcc"]);
        (_, string? script) = await IdentifyAsync(identifier, _folder["g++"]);
        (_, string? missing) = await IdentifyAsync(identifier, "no-such-target-gcc");
        (_, string? other) = await IdentifyAsync(identifier, "/bin/true");

        Assert.Contains("leads to ccache", wrapper!);
        Assert.Contains("is a script", script!);
        Assert.Contains("not a program on this machine", missing!);
        Assert.Contains("not a compiler this product knows", other!);
    }

    [TestMethod]
    [DataRow("COMPILER_PATH")]
    [DataRow("GCC_EXEC_PREFIX")]
    [DataRow("CCC_OVERRIDE_OPTIONS")]
    [DataRow("GCC_COMPARE_DEBUG")]
    [DataRow("LD_PRELOAD")]
    public async Task A_variable_that_changes_the_compiler_is_named_9(string variable)
    {
        (Toolchain? toolchain, string? reason) = await IdentifyAsync(new(null), "gcc", new Dictionary<string, string>(CompilerLab.CleanEnvironment.ToDictionary()) { [variable] = "/x" });

        Assert.IsNull(toolchain);
        Assert.StartsWith(variable + " is set", reason!);
    }

    [TestMethod]
    public async Task A_remembered_toolchain_is_not_read_again_until_it_changes_2()
    {
        string clang = CopyClang("remembered");
        await SettleAsync(clang);
        string cache = _folder["cache"];
        Toolchain first = (await IdentifyAsync(new(cache), clang)).Toolchain!;

        ToolchainIdentifier second = new(cache);
        Assert.AreEqual(first, (await IdentifyAsync(second, clang)).Toolchain);
        Assert.AreEqual(0, second.Readings);

        // The same size and modification time: only the change time tells.
        DateTime modified = File.GetLastWriteTimeUtc(clang);
        byte[] content = await File.ReadAllBytesAsync(clang);
        content[^1] ^= 1;
        await File.WriteAllBytesAsync(clang, content);
        File.SetLastWriteTimeUtc(clang, modified);
        Toolchain changed = (await IdentifyAsync(new(cache), clang)).Toolchain!;
        Assert.AreNotEqual(first.Digest, changed.Digest);
    }

    [TestMethod]
    public async Task Damage_in_the_memory_is_ignored()
    {
        string clang = CopyClang("damaged");
        await SettleAsync(clang);
        string cache = _folder["cache"];
        Toolchain first = (await IdentifyAsync(new(cache), clang)).Toolchain!;
        string file = Directory.GetFiles(cache).Single();
        string text = await File.ReadAllTextAsync(file);

        foreach (string damage in (string[])["", "distbuild toolchain 1", text[..^1], text[..(text.Length / 2)], text.Replace(first.Digest.ToString(), new string('0', 64), StringComparison.Ordinal), "\0" + text])
        {
            await File.WriteAllTextAsync(file, damage);
            ToolchainIdentifier identifier = new(cache);
            Assert.AreEqual(first.Digest, (await IdentifyAsync(identifier, clang)).Toolchain!.Digest);
            Assert.AreNotEqual(0, identifier.Readings);
        }
    }

    [TestMethod]
    public async Task A_folder_that_cannot_be_written_costs_only_time()
    {
        string file = _folder["file"];
        await File.WriteAllTextAsync(file, "not a folder");

        Assert.IsNotNull((await IdentifyAsync(new(file), "clang-19")).Toolchain);
    }

    [TestMethod]
    public async Task All_compilers_of_PATH_are_found_once_each()
    {
        Directory.CreateDirectory(_folder["bin"]);
        foreach (string name in (string[])["gcc", "gcc-12", "g++", "clang-19", "clang++-19", "clang-cl-19"])
        {
            File.CreateSymbolicLink(_folder["bin/" + name], "/usr/bin/" + name);
        }

        File.CreateSymbolicLink(_folder["bin/x86_64-linux-gnu-g++"], "/usr/bin/ccache");
        File.Copy("/usr/bin/ldd", _folder["bin/arm-none-eabi-gcc"]);
        Dictionary<string, string> environment = new() { ["PATH"] = $"{_folder["missing"]}:{_folder["bin"]}" };
        ToolchainIdentifier identifier = new(null);

        IReadOnlyList<Toolchain> found = await identifier.FindAllAsync(environment, CancellationToken.None);

        CollectionAssert.AreEquivalent(
            (string[])["clang", "clang++", "clang-cl", "g++", "gcc"],
            found.Select(toolchain => toolchain.Name.Split(' ')[0]).ToArray());
    }

    private static Task<(Toolchain? Toolchain, string? Reason)> IdentifyAsync(
        ToolchainIdentifier identifier, string compiler, IReadOnlyDictionary<string, string>? environment = null) =>
        identifier.IdentifyAsync(compiler, "/", environment ?? CompilerLab.CleanEnvironment, CancellationToken.None);

    // clang finds its resource folder by its own place; an empty one will do for a copy.
    private string CopyClang(string name)
    {
        string driver = _folder[name + "/bin/clang-19"];
        Directory.CreateDirectory(Path.GetDirectoryName(driver)!);
        File.Copy("/usr/lib/llvm-19/bin/clang", driver);
        return driver;
    }

    private static async Task SettleAsync(string file)
    {
        // What was written just now could be written again within one step of the clock, and is not remembered.
        string folder = Path.GetDirectoryName(file)!;
        while (!Settled(file) || !Settled(folder))
        {
            await Task.Yield();
        }
    }

    private static bool Settled(string path) =>
        DistBuild.Core.Hashing.FileIdentity.TryRead(path, out DistBuild.Core.Hashing.FileIdentity identity) && identity.SettledBefore(DistBuild.Core.Hashing.FileIdentity.Now());
}
