using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace DistBuild.Core.Discovery;

/// <summary>This machine's IPv4 addresses, and where to shout so that every interface's network hears it.</summary>
/// <param name="Own">Loopback not included.</param>
/// <param name="Broadcast">The directed broadcast address of each interface, and the limited one.</param>
public sealed record LocalNetwork(IReadOnlyCollection<IPAddress> Own, IReadOnlyCollection<IPAddress> Broadcast)
{
    public static LocalNetwork Read()
    {
        HashSet<IPAddress> own = [], broadcast = [IPAddress.Broadcast];
        foreach (UnicastIPAddressInformation address in Addresses())
        {
            own.Add(address.Address);
            if (DirectedBroadcast(address.Address, address.IPv4Mask) is { } directed)
            {
                broadcast.Add(directed);
            }
        }

        return new LocalNetwork(own, broadcast);
    }

    /// <summary>The last address of a network, or null where there is none (point to point, no mask).</summary>
    internal static IPAddress? DirectedBroadcast(IPAddress address, IPAddress mask)
    {
        byte[] bytes = address.GetAddressBytes(), ones = mask.GetAddressBytes();
        if (ones.Length != bytes.Length || ones[0] == 0 || ones[ones.Length - 1] >= 254)
        {
            return null;
        }

        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] |= (byte)~ones[i];
        }

        return new IPAddress(bytes);
    }

    private static IEnumerable<UnicastIPAddressInformation> Addresses()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces()
                .Where(face => face.OperationalStatus != OperationalStatus.Down && face.NetworkInterfaceType != NetworkInterfaceType.Loopback)
                .SelectMany(face => face.GetIPProperties().UnicastAddresses)
                .Where(address => address.Address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address.Address))];
        }
        catch (Exception e) when (e is NetworkInformationException or PlatformNotSupportedException or NotImplementedException or IOException)
        {
            // An interface that went away while it was read, or a runtime without the list: the limited broadcast is left.
            return [];
        }
    }
}
