using DistBuild.Core.Client;

namespace DistBuild.Core.Tests.Client;

[TestClass]
public sealed class BuildOptionsReaderTests
{
    private static readonly string Folder = Path.GetFullPath("project");

    [TestMethod]
    public void Nothing_set_gives_the_defaults()
    {
        BuildOptions options = Read(out IReadOnlyList<string> errors);

        Assert.IsEmpty(errors);
        Assert.AreEqual(new BuildOptions { Store = options.Store }, options);
        Assert.IsTrue(Path.IsPathFullyQualified(options.Store), "the default store is a full path");
    }

    [TestMethod]
    public void Every_property_is_read_under_its_own_name()
    {
        BuildOptions options = Read(
            out IReadOnlyList<string> errors,
            ("DistBuildStore", "cache"),
            ("DistBuildStoreSize", "500M"),
            ("DistBuildAgents", " one ; two:7000;[::1]:7001;[fe80::2] ;10.0.0.5;"),
            ("DistBuildDiscovery", "OFF"),
            ("DistBuildPort", "4000"),
            ("DistBuildClusterKeyFile", "../team.key"),
            ("DistBuildLocalSlots", "0"),
            ("DistBuildVerify", "5"),
            ("DistBuildReport", "out/report.json"),
            ("DistBuildCompileCommands", "compile_commands.json"));

        Assert.IsEmpty(errors);
        Assert.AreEqual(Path.Combine(Folder, "cache"), options.Store);
        Assert.AreEqual(500L << 20, options.StoreSize);
        CollectionAssert.AreEqual(
            new AgentAddress[] { new("one", 4000), new("two", 7000), new("::1", 7001), new("fe80::2", 4000), new("10.0.0.5", 4000) }, options.Agents.ToArray());
        Assert.IsFalse(options.Broadcast);
        Assert.AreEqual(4000, options.Port);
        Assert.AreEqual(Path.GetFullPath("team.key"), options.ClusterKeyFile);
        Assert.AreEqual(0, options.LocalSlots);
        Assert.AreEqual(5, options.Verify);
        Assert.AreEqual(Path.Combine(Folder, "out", "report.json"), options.Report);
        Assert.AreEqual(Path.Combine(Folder, "compile_commands.json"), options.CompileCommands);
    }

    [TestMethod]
    [DataRow("1", 1L)]
    [DataRow("123456789012", 123456789012L)]
    [DataRow("1K", 1024L)]
    [DataRow("500m", 500L << 20)]
    [DataRow("10G", 10L << 30)]
    [DataRow("10 GB", 10L << 30)]
    [DataRow("10GiB", 10L << 30)]
    [DataRow("1.5G", 3L << 29)]
    [DataRow("2T", 2L << 40)]
    public void A_size_may_carry_a_unit(string text, long bytes)
    {
        BuildOptions options = Read(out IReadOnlyList<string> errors, ("DistBuildStoreSize", text));

        Assert.IsEmpty(errors);
        Assert.AreEqual(bytes, options.StoreSize);
    }

    [TestMethod]
    [DataRow("DistBuildStoreSize", "10X", "10G")]
    [DataRow("DistBuildStoreSize", "-5", "10G")]
    [DataRow("DistBuildStoreSize", "0", "10G")]
    [DataRow("DistBuildStoreSize", "G", "10G")]
    [DataRow("DistBuildStoreSize", "10i", "10G")]
    [DataRow("DistBuildStoreSize", "9999999999T", "10G")]
    [DataRow("DistBuildStoreSize", "99999999999999999999999999999999999999", "10G")]
    [DataRow("DistBuildPort", "0", "1 to 65535")]
    [DataRow("DistBuildPort", "65536", "1 to 65535")]
    [DataRow("DistBuildPort", "+80", "1 to 65535")]
    [DataRow("DistBuildPort", "http", "1 to 65535")]
    [DataRow("DistBuildDiscovery", "yes", "broadcast or off")]
    [DataRow("DistBuildLocalSlots", "-1", "0 to 4096")]
    [DataRow("DistBuildLocalSlots", "two", "0 to 4096")]
    [DataRow("DistBuildVerify", "101", "0 to 100")]
    [DataRow("DistBuildVerify", "-1", "0 to 100")]
    [DataRow("DistBuildVerify", "5%", "0 to 100")]
    [DataRow("DistBuildVerify", "all", "0 to 100")]
    [DataRow("DistBuildAgents", "host:", "host:port")]
    [DataRow("DistBuildAgents", "host:70000", "host:port")]
    [DataRow("DistBuildAgents", "::1", "[IPv6 address]:port")]
    [DataRow("DistBuildAgents", "[::1]7000", "[IPv6 address]:port")]
    [DataRow("DistBuildAgents", "[one]:7000", "[IPv6 address]:port")]
    [DataRow("DistBuildAgents", "two words", "host:port")]
    [DataRow("DistBuildAgents", ":7000", "host:port")]
    [DataRow("DistBuildStore", "nul\0", "a path")]
    public void A_bad_value_is_named_with_what_is_allowed_and_the_default_is_taken(string name, string value, string allowed)
    {
        BuildOptions options = Read(out IReadOnlyList<string> errors, (name, value));

        Assert.HasCount(1, errors);
        Assert.Contains($"{name}: '{value}'", errors[0]);
        Assert.Contains(allowed, errors[0]);
        Assert.AreEqual(Read(out _), options);
    }

    [TestMethod]
    public void A_bad_agent_does_not_take_the_good_ones_with_it()
    {
        BuildOptions options = Read(out IReadOnlyList<string> errors, ("DistBuildAgents", "good;ba d;fine:1"));

        Assert.HasCount(1, errors);
        CollectionAssert.AreEqual(new AgentAddress[] { new("good", BuildOptions.DefaultPort), new("fine", 1) }, options.Agents.ToArray());
    }

    [TestMethod]
    public void The_default_store_follows_the_environment_of_the_build()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("XDG_CACHE_HOME means nothing on Windows");
        }

        Assert.AreEqual("/caches/distbuild", Read(out _, ("XDG_CACHE_HOME", "/caches")).Store);
        Assert.AreEqual("/homes/someone/.cache/distbuild", Read(out _, ("HOME", "/homes/someone")).Store);
    }

    [TestMethod]
    public void White_space_is_the_same_as_not_set()
    {
        BuildOptions options = Read(out IReadOnlyList<string> errors, ("DistBuildPort", "  "), ("DistBuildReport", ""));

        Assert.IsEmpty(errors);
        Assert.AreEqual(BuildOptions.DefaultPort, options.Port);
        Assert.IsNull(options.Report);
    }

    private static BuildOptions Read(out IReadOnlyList<string> errors, params (string Name, string Value)[] values) =>
        BuildOptionsReader.Read(name => values.FirstOrDefault(value => value.Name == name).Value, Folder, out errors);
}
