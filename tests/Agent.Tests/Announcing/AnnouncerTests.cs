using System.Net;
using System.Net.Sockets;
using DistBuild.Agent.Connections;
using DistBuild.Core.Discovery;
using DistBuild.Core.Wire.Dns;
using Microsoft.Extensions.Logging.Abstractions;

namespace DistBuild.Agent.Tests.Announcing;

/// <summary>Announcers on the multicast group of the loopback interface, at a port that the system chose.</summary>
[TestClass]
public sealed class AnnouncerTests
{
    private static readonly int Port = FreePort();

    [TestMethod]
    [Timeout(60_000)]
    public async Task Who_asks_the_group_hears_of_the_agent_and_after_its_end_that_it_is_gone()
    {
        using MulticastSocket listener = Listen();
        Announcer announcer = Announce("here", 4711);
        try
        {
            DnsName name = await NameAsync(announcer);
            listener.Send(new DnsMessage(0, IsResponse: false, [new DnsQuestion(Zeroconf.ServiceType, DnsType.Pointer, WantsUnicast: false)], [], [], []));

            DnsMessage answer = await HearAsync(listener, message => Speaks(message, name) && message.Additionals.Count > 0);

            Assert.AreEqual(DnsName.Of("here:4711").Under(Zeroconf.ServiceType), name);
            Assert.AreEqual(4711, answer.Additionals.Single(record => record.Type == DnsType.Service).Port);
        }
        finally
        {
            await announcer.DisposeAsync();
        }

        await HearAsync(listener, message => message.IsResponse && message.Answers.Any(record => record is { Port: 4711, Lifetime: 0 }));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task Two_agents_of_one_name_end_up_with_two()
    {
        await using Announcer first = Announce("same", 4712), second = Announce("same", 4712);

        DnsName one = await NameAsync(first), two = await NameAsync(second);
        while (one.Equals(two))
        {
            await Task.Delay(20);
            (one, two) = (await NameAsync(first), await NameAsync(second));
        }

        CollectionAssert.Contains(new[] { one, two }, DnsName.Of("same:4712").Under(Zeroconf.ServiceType));
        CollectionAssert.Contains(new[] { one, two }, DnsName.Of("same:4712 (2)").Under(Zeroconf.ServiceType));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_client_learns_the_port_from_the_answer_and_only_the_port()
    {
        await using Announcer announcer = Announce("client", 4713);
        DnsName name = await NameAsync(announcer);
        using UdpClient client = new(new IPEndPoint(IPAddress.Loopback, 0));
        client.Client.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.Loopback.GetAddressBytes());
        IReadOnlyCollection<IPEndPoint> agents = [];
        while (agents.Count == 0)
        {
            await client.SendAsync(Zeroconf.Question, new IPEndPoint(Zeroconf.Group, Port));
            UdpReceiveResult received = await client.ReceiveAsync();
            agents = [.. Zeroconf.Agents(received.Buffer, received.RemoteEndPoint).Where(agent => agent.Port == 4713)];
        }

        Assert.AreEqual(new IPEndPoint(IPAddress.Loopback, 4713), agents.Single());
        Assert.IsTrue(name.EndsWith(Zeroconf.ServiceType));
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task Garbage_on_the_group_changes_nothing()
    {
        using UdpClient stranger = new(new IPEndPoint(IPAddress.Loopback, 0));
        stranger.Client.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, IPAddress.Loopback.GetAddressBytes());
        await using Announcer announcer = Announce("calm", 4714);
        DnsName name = await NameAsync(announcer);
        Random random = new(5353);
        for (int i = 0; i < 200; i++)
        {
            byte[] garbage = new byte[random.Next(100)];
            random.NextBytes(garbage);
            await stranger.SendAsync(garbage, new IPEndPoint(Zeroconf.Group, Port));
        }

        using MulticastSocket listener = Listen();
        listener.Send(new DnsMessage(0, IsResponse: false, [new DnsQuestion(name, DnsType.Service, WantsUnicast: false)], [], [], []));
        await HearAsync(listener, message => message.IsResponse && message.Answers.Any(record => record.Name.Equals(name)));
        Assert.AreEqual(name, announcer.Name);
    }

    private static Announcer Announce(string machine, int port)
    {
        Announcer announcer = new(machine, port, Guid.NewGuid(), () => [IPAddress.Loopback], Port, TimeProvider.System, NullLogger.Instance);
        announcer.Start();
        return announcer;
    }

    private static MulticastSocket Listen() => MulticastSocket.Open(IPAddress.Loopback, Port) ?? throw new InvalidOperationException("no multicast on loopback");

    private static async Task<DnsName> NameAsync(Announcer announcer)
    {
        DnsName? name;
        while ((name = announcer.Name) is null)
        {
            await Task.Delay(10);
        }

        return name;
    }

    private static bool Speaks(DnsMessage message, DnsName name) =>
        message.IsResponse && message.Answers.Any(record => record.SaysWhat(DnsRecord.Pointer(Zeroconf.ServiceType, 0, name)));

    private static async Task<DnsMessage> HearAsync(MulticastSocket listener, Func<DnsMessage, bool> wanted)
    {
        while (await listener.ReceiveAsync(CancellationToken.None) is { } received)
        {
            if (wanted(received.Message))
            {
                return received.Message;
            }
        }

        throw new InvalidOperationException("the socket is closed");
    }

    private static int FreePort()
    {
        using UdpClient socket = new(0, AddressFamily.InterNetwork);
        return ((IPEndPoint)socket.Client.LocalEndPoint!).Port;
    }
}
