using System.Net;
using System.Security.Cryptography.X509Certificates;
using DistBuild.Agent.Requests;
using DistBuild.Core.Client;
using DistBuild.Core.Discovery;
using DistBuild.Core.Wire;

namespace DistBuild.Agent.Connections;

/// <summary>Where and for whom an agent serves.</summary>
internal sealed record AgentServerOptions
{
    /// <summary>The address to listen on; beyond loopback only with a <see cref="Key"/>. IPv4.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>Of UDP and TCP alike; 0 takes one that is free for both.</summary>
    public int Port { get; init; } = BuildOptions.DefaultPort;

    /// <summary>The cluster key, or null: then only clients of this machine are served.</summary>
    public ClusterKey? Key { get; init; }

    /// <summary>The TLS certificate with its private key, or null: one is made at start. Only used with a <see cref="Key"/>.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Clients at once; build nodes of some twenty machines, each with a dozen, and room.</summary>
    public int Connections { get; init; } = 512;

    /// <summary>For TLS and the first four messages; a client in good faith needs milliseconds.</summary>
    public TimeSpan Handshake { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A sign of life every second while a client waits for something; one that sends nothing for a minute is gone (clients send every 10 s at least).</summary>
    public WatchTimings Watch { get; init; } = new(TimeSpan.FromMilliseconds(500), SilentTicks: 120, AliveTicks: 2);

    /// <summary>How far a question's clock may be off before it is asked to use this machine's.</summary>
    public TimeSpan ClockWindow { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>For running compiles when the agent stops.</summary>
    public TimeSpan StopPatience { get; init; } = TimeSpan.FromSeconds(10);

    public RequestLimits Limits { get; init; } = new();
}
