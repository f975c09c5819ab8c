using System.Diagnostics;

namespace DistBuild.EndToEnd.Tests.Harness;

/// <summary>Hosts with a LAN of their own, as Linux network namespaces around a bridge; nothing of it touches the machine's network. Needs root.</summary>
internal sealed class VirtualNetwork : IDisposable
{
    private static int s_networks;

    private readonly string _prefix = $"db{Environment.ProcessId}-{Interlocked.Increment(ref s_networks)}";
    private readonly List<string> _namespaces = [];

    private VirtualNetwork()
    {
    }

    /// <summary>A network with this many hosts; ends the test as inconclusive, with the reason, where the system does not allow it.</summary>
    public static VirtualNetwork Create(int hosts)
    {
        VirtualNetwork network = new();
        try
        {
            network.Build(hosts);
            return network;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            network.Dispose();
            Assert.Inconclusive($"No network namespaces here: {e.Message}");
            throw;
        }
    }

    /// <param name="host">From 1.</param>
    public static string AddressOf(int host) => $"10.99.0.{host}";

    /// <summary>What stands before a program's name to run it on a host.</summary>
    public string[] On(int host) => ["ip", "netns", "exec", NameOf(host)];

    /// <summary>Pulls a host's cable, or puts it in again.</summary>
    public void Connect(int host, bool connected) => Ip("-n", Switch, "link", "set", $"p{host}", connected ? "up" : "down");

    public void Dispose()
    {
        foreach (string name in _namespaces)
        {
            // With it go its interfaces; what still runs in it was the test's to end.
            TryIp(["netns", "del", name]);
        }
    }

    private string Switch => _prefix + "-switch";

    private string NameOf(int host) => $"{_prefix}-h{host}";

    private void Build(int hosts)
    {
        Add(Switch);
        Ip("-n", Switch, "link", "add", "lan", "type", "bridge");
        Ip("-n", Switch, "link", "set", "lan", "up");
        for (int host = 1; host <= hosts; host++)
        {
            string name = NameOf(host);
            Add(name);
            Ip("-n", Switch, "link", "add", $"p{host}", "type", "veth", "peer", "name", "eth0", "netns", name);
            Ip("-n", Switch, "link", "set", $"p{host}", "master", "lan", "up");
            Ip("-n", name, "link", "set", "lo", "up");
            Ip("-n", name, "addr", "add", $"{AddressOf(host)}/24", "broadcast", "10.99.0.255", "dev", "eth0");
            Ip("-n", name, "link", "set", "eth0", "up");
        }
    }

    private void Add(string name)
    {
        Ip("netns", "add", name);
        _namespaces.Add(name);
    }

    private static void Ip(params string[] arguments)
    {
        if (TryIp(arguments) is { } complaint)
        {
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {complaint}");
        }
    }

    /// <summary>Null when it worked.</summary>
    private static string? TryIp(string[] arguments)
    {
        using Process ip = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        string complaint = ip.StandardError.ReadToEnd();
        ip.WaitForExit();
        return ip.ExitCode == 0 ? null : complaint.Trim();
    }
}
