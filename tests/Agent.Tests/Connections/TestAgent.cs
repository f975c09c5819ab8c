using DistBuild.Agent.Connections;
using DistBuild.Agent.Execution;
using DistBuild.Agent.Requests;
using DistBuild.Core.Client;
using DistBuild.Core.Discovery;
using DistBuild.Core.Store;
using DistBuild.Core.Wire.Messages;
using DistBuild.Tests.Shared;
using Microsoft.Extensions.Logging;

namespace DistBuild.Agent.Tests.Connections;

/// <summary>A whole agent's server in this process: real sockets, a real store, a real slot pool; only the compiler is the test's.</summary>
internal sealed class TestAgent : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string? _keyFile;

    private TestAgent(AgentServerOptions options, int slots, bool hasKey)
    {
        if (hasKey)
        {
            ClusterKey.Generate(_keyFile = _folder["key"]);
            Key = ClusterKey.Load(_keyFile);
        }

        State = new State(ObjectStore.Open(_folder["store"], 1 << 30));
        Slots = new SlotPool(slots, TimeSpan.FromMinutes(10), TimeProvider.System);
        Server = new AgentServer(options with { Port = 0, Key = Key }, Compiler, Slots, State, new TestLog<AgentServer>(Log));
    }

    public ClusterKey? Key { get; }

    public TestCompiler Compiler { get; } = new();

    public SlotPool Slots { get; }

    public State State { get; }

    public AgentServer Server { get; }

    public List<string> Log { get; } = [];

    public ObjectStore Store => State.Store;

    /// <summary>What a client with this agent's key would be told by it.</summary>
    public BuildOptions ClientOptions => new()
    {
        Store = _folder["client"],
        Broadcast = false,
        Agents = [new AgentAddress("localhost", Server.EndPoint.Port)],
        ClusterKeyFile = _keyFile,
    };

    /// <summary>What a client with the read-only key of this agent's cluster would be told by it.</summary>
    public BuildOptions ReaderOptions
    {
        get
        {
            if (!File.Exists(_folder["reader"]))
            {
                Key!.WriteReadOnly(_folder["reader"]);
            }

            return ClientOptions with { ClusterKeyFile = _folder["reader"] };
        }
    }

    public static async Task<TestAgent> StartAsync(AgentServerOptions? options = null, int slots = 2, bool hasKey = false)
    {
        TestAgent agent = new(options ?? new AgentServerOptions(), slots, hasKey);
        await agent.Server.StartAsync(CancellationToken.None);
        return agent;
    }

    /// <summary>Asks as a client does; a loaded machine may lose the first answers.</summary>
    public Task<Offer> AskAsync(params ulong[] fingerprints) => AskAsync(ClientOptions, fingerprints);

    /// <inheritdoc cref="AskAsync(ulong[])"/>
    public static async Task<Offer> AskAsync(BuildOptions options, params ulong[] fingerprints)
    {
        using AgentFinder finder = new(options, TimeProvider.System);
        while (true)
        {
            if ((await finder.AskAsync([TestCompiler.Gcc.Digest.Fingerprint, 7], fingerprints, CancellationToken.None)).SingleOrDefault() is { } offer)
            {
                return offer;
            }
        }
    }

    public Task<AgentConnection> ConnectAsync() => ConnectAsync(Patience);

    public async Task<AgentConnection> ConnectAsync(ConnectionTimings timings)
    {
        Offer offer = await AskAsync();
        return await AgentConnection.ConnectAsync(offer, Key, timings, CancellationToken.None);
    }

    /// <summary>What <c>distbuild status</c> would show.</summary>
    public async Task<StatusReport> StatusAsync()
    {
        await using AgentConnection connection = await ConnectAsync();
        return await connection.StatusAsync(CancellationToken.None);
    }

    /// <summary>For tests on a machine that may be busy with others.</summary>
    public static ConnectionTimings Patience { get; } = new() { Connect = TimeSpan.FromSeconds(30), Handshake = TimeSpan.FromSeconds(30), Watch = new(TimeSpan.FromMilliseconds(500), 100, 20) };

    /// <summary>Waits for something that must become true.</summary>
    public static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    /// <inheritdoc cref="UntilAsync(Func{bool})"/>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            await Task.Delay(5);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>A machine that does not change.</summary>
internal sealed class State(ObjectStore store) : IAgentState
{
    public Guid AgentId { get; } = Guid.NewGuid();

    public string Name => "test-agent";

    public int Power => 123;

    public int Load => 45;

    public int FreeMemory => 6789;

    public ObjectStore Store { get; } = store;
}

internal sealed class TestLog<T>(List<string> lines) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (lines)
        {
            lines.Add($"{logLevel} {eventId.Id} {formatter(state, exception)}");
        }
    }
}
