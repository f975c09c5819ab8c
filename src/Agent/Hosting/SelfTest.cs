using System.Net;
using System.Text;
using DistBuild.Agent.Connections;
using DistBuild.Agent.Requests;
using DistBuild.Core.Client;
using DistBuild.Core.Compilers;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using Microsoft.Extensions.Logging;

namespace DistBuild.Agent.Hosting;

/// <summary>
/// Before an agent says that it serves, it is its own first client, over its own network port: a compiler that does not compile here is not offered, and the first
/// real client does not pay for what the first use of anything costs.
/// </summary>
internal sealed class SelfTest(AgentServer server, AgentOptions options, ICompileService compiles, IAgentState state, ILogger<SelfTest> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            BuildOptions self = Options();
            using AgentFinder finder = new(self, TimeProvider.System);
            ulong[] offered = [.. compiles.Toolchains.Select(toolchain => toolchain.Digest.Fingerprint).Take(1)];
            Offer? offer = (await finder.AskAsync(offered, offered, limit.Token)).FirstOrDefault(one => one.AgentId == state.AgentId);
            if (offer is null)
            {
                HostLog.NotHeard(logger, server.EndPoint);
                return;
            }

            await using AgentConnection connection = await AgentConnection.ConnectAsync(offer, self, limit.Token);
            await Task.WhenAll(compiles.Toolchains.Select(toolchain => TryAsync(connection, toolchain, limit.Token)));
        }
        catch (Exception e) when (e is AgentLostException or ClusterKeyException)
        {
            HostLog.SelfTestFailed(logger, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            HostLog.SelfTestFailed(logger, $"it took more than {Patience.TotalSeconds} s");
        }
    }

    private BuildOptions Options()
    {
        IPAddress address = server.EndPoint.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : server.EndPoint.Address;
        return new BuildOptions
        {
            Store = options.Store,
            Broadcast = false,
            Agents = [new AgentAddress(address.ToString(), server.EndPoint.Port)],
            ClusterKeyFile = options.ClusterKeyFile,
        };
    }

    private async Task TryAsync(AgentConnection connection, Toolchain toolchain, CancellationToken cancellationToken)
    {
        Digest key = Digest.Of(Encoding.ASCII.GetBytes($"self test {toolchain.Digest}"));
        state.Store.Remove(key);
        if (await connection.ClaimAsync(key, retry: false, cancellationToken) is ClaimAnswer.Mine mine)
        {
            await mine.Claim.DisposeAsync();
        }

        await using SlotLease? lease = await connection.LeaseAsync(toolchain.Digest, cancellationToken);
        if (lease is null)
        {
            return;
        }

        RemoteJob job = new(toolchain.Family.Name, "c", []);
        RemoteCompileResult result = await lease.CompileAsync(key, toolchain.Digest, job, sameWords: false, "int distbuild_self_test;\n"u8.ToArray(), cancellationToken);
        state.Store.Remove(key);
        if (result.Result is null)
        {
            HostLog.DoesNotCompile(logger, toolchain.Name, toolchain.Driver, result.Errors.Trim());
            compiles.Withdraw(toolchain);
        }
    }
}
