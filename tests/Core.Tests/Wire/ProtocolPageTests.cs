using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Datagrams;

namespace DistBuild.Core.Tests.Wire;

/// <summary>docs/protocol.md says what the code does.</summary>
[TestClass]
public sealed class ProtocolPageTests
{
    private static readonly string Root = FindRoot();
    private static readonly string Page = File.ReadAllText(Path.Combine(Root, "docs", "protocol.md"));

    [TestMethod]
    public void The_table_of_messages_is_the_catalogue()
    {
        string[] rows = [.. Page.Split('\n')
            .Select(line => line.Split('|').Select(cell => cell.Trim()).ToArray())
            .Where(cells => cells.Length == 7 && byte.TryParse(cells[1], out _))
            .Select(cells => string.Join(' ', cells[1..5]))];

        CollectionAssert.AreEqual(FrameCatalogue.All.Select(one => $"{(byte)one.Type} {one.Type} {Spell(one.Direction)} {one.Since}").ToArray(), rows);
    }

    [TestMethod]
    public void The_version_and_the_caps_are_those_of_the_code()
    {
        Assert.Contains($"Version {ProtocolVersion.Text}.", Page);
        Assert.Contains($"A payload has at most {WireLimits.MaxPayload} bytes", Page);
        Assert.Contains($"{WireLimits.MaxContent} bytes together", Page);
        Assert.Contains($"a text has at most {WireLimits.MaxText}", Page);
        Assert.Contains($"queues at most {WireLimits.MaxQueued} bytes", Page);
        Assert.Contains($"The name has at most {WireLimits.MaxName} bytes", Page);
        Assert.Contains($"At most {WhoHas.MaxToolchains} toolchains and {WhoHas.MaxFingerprints} fingerprints", Page);
        Assert.Contains($"at least {WhoHas.MinSize} bytes", Page);
        Assert.AreEqual(1200, WhoHas.MaxSize);
    }

    [TestMethod]
    public void Every_kind_of_datagram_has_its_section()
    {
        foreach (DatagramKind kind in Enum.GetValues<DatagramKind>())
        {
            Assert.Contains($"### {kind} ({(byte)kind})", Page);
        }
    }

    [TestMethod]
    public void Every_file_it_must_match_exists()
    {
        string[] files = [.. Page.Split('`').Where(text => text.StartsWith("src/", StringComparison.Ordinal))];

        Assert.IsGreaterThan(8, files.Length);
        foreach (string file in files)
        {
            string folder = Path.Combine(Root, Path.GetDirectoryName(file)!);
            Assert.IsNotEmpty(Directory.GetFiles(folder, Path.GetFileName(file)), file);
        }
    }

    private static string Spell(FrameDirection direction) => direction switch { FrameDirection.ToAgent => "to agent", FrameDirection.ToClient => "to client", _ => "both" };

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "DistBuild.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("These tests run inside a checkout.");
        }

        return folder;
    }
}
