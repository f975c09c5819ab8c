using System.Text.Json;
using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests;

/// <summary>Agents announce themselves on their LAN, for builds and for the tools that other people know.</summary>
[TestClass]
[DoNotParallelize]
public sealed class AnnouncementTests
{
    /// <summary>Not the one that builds shout to.</summary>
    private const int OddPort = 27300;

    /// <summary>
    /// Avahi and the message bus it needs, with everything they write in a file system that goes with the command; then what avahi-browse prints. The first argument
    /// is how long it browses.
    /// </summary>
    private const string Browse = """
        mount -t tmpfs tmpfs /run && mkdir -p /run/dbus /run/avahi-daemon
        dbus-daemon --system --nofork --nopidfile --address=unix:path=/run/dbus/system_bus_socket & bus=$!
        trap 'kill $daemon $bus' EXIT
        while [ ! -S /run/dbus/system_bus_socket ]; do sleep 0.1; done
        avahi-daemon --no-drop-root --no-chroot --no-rlimits & daemon=$!
        for attempt in $(seq 50); do
          timeout "$1" avahi-browse --resolve --terminate --parsable _distbuild._tcp | grep '^=' && exit 0
          sleep 0.2
        done
        exit 1
        """;

    [TestMethod]
    public async Task An_agent_at_a_port_of_its_own_is_found_by_its_announcement()
    {
        using VirtualNetwork network = VirtualNetwork.Create(hosts: 2);
        using Developer developer = await NetworkTests.OnLanAsync();
        await using Agent agent = await StartAsync(network, developer);

        // UDP may lose a question; a person would ask again too.
        JsonElement[] agents = [];
        for (int attempt = 0; attempt < 50 && agents.Length == 0; attempt++)
        {
            agents = await NetworkTests.StatusAsync(network, 1, developer);
        }

        Assert.AreEqual($"{VirtualNetwork.AddressOf(2)}:{OddPort}", agents.Single().GetProperty("endpoint").GetString());
    }

    [TestMethod]
    [DataRow(1, DisplayName = "on another host")]
    [DataRow(2, DisplayName = "on the agent's own host, beside another responder")]
    public async Task Avahi_lists_the_agents_of_the_LAN(int host)
    {
        if (!Array.TrueForAll(["avahi-daemon", "avahi-browse", "dbus-daemon"], IsInstalled))
        {
            Assert.Inconclusive("No avahi here; on Debian: apt-get install avahi-daemon avahi-utils");
        }

        using VirtualNetwork network = VirtualNetwork.Create(hosts: 2);
        using Developer developer = await NetworkTests.OnLanAsync();
        await using Agent agent = await StartAsync(network, developer);

        ProgramResult browsed = (await developer.RunAsync("ip", [.. network.On(host)[1..], "sh", "-c", Browse, "browse", "10"])).MustSucceed();

        Assert.Contains($";_distbuild._tcp;local;", browsed.Printed);
        Assert.Contains($";{VirtualNetwork.AddressOf(2)};{OddPort};", browsed.Printed);
    }

    private static Task<Agent> StartAsync(VirtualNetwork network, Developer cluster) => Agent.StartAsync(
        clusterKeyFile: cluster.Environment["DistBuildClusterKeyFile"], listen: VirtualNetwork.AddressOf(2), port: OddPort, on: network.On(2));

    private static bool IsInstalled(string program) => Array.Exists(["/usr/bin", "/usr/sbin"], folder => File.Exists(Path.Combine(folder, program)));
}
