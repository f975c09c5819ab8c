using System.Text;
using DistBuild.Agent.Tests.Connections;
using DistBuild.Core.Client;
using DistBuild.Core.Hashing;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Agent.Tests.Requests;

/// <summary>What the tests of compiles have in common.</summary>
internal static class CompileSteps
{
    /// <summary>Leases a slot and uses it.</summary>
    public static Task<RemoteCompileResult> CompileAsync(AgentConnection connection, Digest key, string text, CancellationToken cancellationToken = default) =>
        CompileAsync(connection, key, text, sameWords: true, cancellationToken);

    public static async Task<RemoteCompileResult> CompileAsync(AgentConnection connection, Digest key, string text, bool sameWords, CancellationToken cancellationToken = default)
    {
        await using SlotLease? lease = await connection.LeaseAsync(TestCompiler.Gcc.Digest, cancellationToken);
        Assert.IsNotNull(lease);
        return await lease.CompileAsync(key, TestCompiler.Gcc.Digest, TestCompiler.Job, sameWords, Encoding.UTF8.GetBytes(text), cancellationToken);
    }

    /// <summary>Leases a slot and announces a text.</summary>
    public static async Task BeginAsync(RawClient client, ushort stream, Digest key, int length)
    {
        await client.SendAsync(stream, new Lease(TestCompiler.Gcc.Digest));
        Assert.IsInstanceOfType<Granted>(await client.ReceiveAsync());
        await client.SendAsync(stream, new Compile(key, TestCompiler.Gcc.Digest, true, ContentEncoding.Raw, length, TestCompiler.Job));
    }

    /// <summary>Every slot is free again, and nothing runs.</summary>
    public static Task IsIdleAsync(TestAgent agent) => TestAgent.UntilAsync(() => agent.Slots.Free == agent.Slots.Slots && agent.Compiler.Running == 0);
}
