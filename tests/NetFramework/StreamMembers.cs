using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace DistBuild.Tests.NetFramework;

/// <summary>Members of streams and sockets that .NET Framework lacks.</summary>
internal static class StreamMembers
{
    extension(Stream stream)
    {
        public void Write(byte[] bytes) => stream.Write(bytes, 0, bytes.Length);

        public Task WriteAsync(ReadOnlyMemory<byte> bytes) => stream.WriteAsync(bytes.ToArray(), 0, bytes.Length);

        public async Task ReadExactlyAsync(byte[] bytes)
        {
            for (int read = 0; read < bytes.Length;)
            {
                int count = await stream.ReadAsync(bytes, read, bytes.Length - read);
                read += count > 0 ? count : throw new EndOfStreamException();
            }
        }
    }

    extension(NetworkStream stream)
    {
        public Socket Socket => (Socket)typeof(NetworkStream).GetProperty("Socket", BindingFlags.Instance | BindingFlags.NonPublic).GetValue(stream);
    }

    extension(UdpClient client)
    {
        public Task<int> SendAsync(byte[] datagram, IPEndPoint to) => client.SendAsync(datagram, datagram.Length, to);
    }
}
