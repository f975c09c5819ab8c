using DistBuild.Core.Compilers;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Compilers.Msvc;

/// <summary>What a cl.exe is, by content; numbers are those of the cache key facts.</summary>
[TestClass]
public sealed class ClToolchainTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("19.38.33130", "cl.exe")]
    [DataRow("19.00.24215", "CL.EXE")]
    public async Task It_is_identified_with_version_and_processor(string version, string name)
    {
        ClInstallation cl = new(_folder["vc"], version, name);

        (Toolchain? toolchain, string? reason) = await IdentifyAsync(cl);

        Assert.IsNull(reason);
        Assert.AreEqual(($"cl {version} x64", "cl", version), (toolchain!.Name, toolchain.Family.Name, toolchain.Version));
    }

    [TestMethod]
    public async Task The_same_parts_elsewhere_are_the_same_and_parts_that_no_compile_loads_do_not_count_3()
    {
        ClInstallation one = new(_folder["one"]), two = new(_folder["two"]);
        two.Write("clang_rt.asan_dynamic-x86_64.dll", "optional");
        two.Write("link.exe", "the linker");

        Assert.AreEqual((await IdentifyAsync(one)).Toolchain!.Digest, (await IdentifyAsync(two)).Toolchain!.Digest);
    }

    [TestMethod]
    public async Task The_language_it_speaks_is_part_of_it_64()
    {
        ClInstallation cl = new(_folder["vc"]);
        cl.Speak(1031, "Microsoft (R) C/C++-Optimierungscompiler Version %s für x64\nHinweis: Einlesen der Datei:\n");
        Dictionary<string, string> german = new(CompilerLab.CleanEnvironment.ToDictionary()) { ["VSLANG"] = "1031" }, english = new(CompilerLab.CleanEnvironment.ToDictionary()) { ["VSLANG"] = "1033" };
        ToolchainIdentifier identifier = new(_folder["cache"]);

        Toolchain first = (await IdentifyAsync(cl, identifier, english)).Toolchain!, other = (await IdentifyAsync(cl, identifier, german)).Toolchain!;

        Assert.AreNotEqual(first.Digest, other.Digest);
        Assert.AreEqual(first.Digest, (await IdentifyAsync(cl, identifier, english)).Toolchain!.Digest);
    }

    [TestMethod]
    [DataRow("CL", "/nologo /unheard")]
    [DataRow("_CL_", "/E")]
    [DataRow("VS_UNICODE_OUTPUT", "2")]
    public async Task Variables_that_change_commands_and_output_do_not_change_what_it_is_28(string variable, string value)
    {
        ClInstallation cl = new(_folder["vc"]);

        (Toolchain? toolchain, string? reason) = await IdentifyAsync(cl, new(null), new Dictionary<string, string>(CompilerLab.CleanEnvironment.ToDictionary()) { [variable] = value });

        Assert.IsNull(reason);
        Assert.AreEqual((await IdentifyAsync(cl)).Toolchain!.Digest, toolchain!.Digest);
    }

    [TestMethod]
    [DataRow("c2.dll")]
    [DataRow("c1xx.dll")]
    public async Task Where_a_part_is_missing_it_is_not_identified(string part)
    {
        ClInstallation cl = new(_folder["vc"]);
        if (part == "c1xx.dll")
        {
            File.Delete(cl["c1.dll"]);
        }

        File.Delete(cl[part]);

        Assert.IsNotNull((await IdentifyAsync(cl)).Reason);
    }

    [TestMethod]
    public async Task A_program_that_is_only_named_so_is_not_identified()
    {
        ClInstallation cl = new(_folder["vc"]);
        cl.Speak(1033, "Somebody's C/C++ compiler %s for x64\nNote: including file:\n");

        Assert.Contains("named like cl", (await IdentifyAsync(cl)).Reason!);
    }

    [TestMethod]
    public async Task An_old_one_that_names_no_included_file_is_not_identified_89()
    {
        ClInstallation cl = new(_folder["vc"], "19.16.27051");
        cl.Write("c2.dll", "19.16.27051\n/bin/true\n");

        Assert.Contains("named no header", (await IdentifyAsync(cl)).Reason!);
    }

    [TestMethod]
    [DataRow("19.38.33130")]
    [DataRow("19.16.27051")]
    public async Task It_is_remembered_until_a_part_or_a_language_changes_or_comes_1_6(string version)
    {
        ClInstallation cl = new(_folder["vc"], version);
        Settle();
        Toolchain first = (await IdentifyAsync(cl, new(_folder["cache"]))).Toolchain!;
        ToolchainIdentifier again = new(_folder["cache"]);
        Assert.AreEqual(first, (await IdentifyAsync(cl, again)).Toolchain);
        Assert.AreEqual(0, again.Readings);

        cl.Speak(1031, "Microsoft (R) C/C++-Optimierungscompiler Version %s für x64\nHinweis: Einlesen der Datei:\n");

        Assert.AreNotEqual(first.Digest, (await IdentifyAsync(cl, new(_folder["cache"]))).Toolchain!.Digest);
    }

    private static Task<(Toolchain? Toolchain, string? Reason)> IdentifyAsync(
        ClInstallation cl, ToolchainIdentifier? identifier = null, IReadOnlyDictionary<string, string>? environment = null) =>
        (identifier ?? new(null)).IdentifyAsync(cl.Compiler, "/", environment ?? CompilerLab.CleanEnvironment, CancellationToken.None);

    private void Settle()
    {
        foreach (string path in Directory.GetFileSystemEntries(_folder["vc"], "*", SearchOption.AllDirectories).Prepend(_folder["vc"]))
        {
            ClEngine.Settle(path);
        }
    }
}
