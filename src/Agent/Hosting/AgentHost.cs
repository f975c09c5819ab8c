using System.Diagnostics;
using System.Net;
using DistBuild.Agent.Connections;
using DistBuild.Agent.Execution.Isolating;
using DistBuild.Agent.Execution;
using DistBuild.Agent.Monitor;
using DistBuild.Agent.Requests;
using DistBuild.Core.Compilers;
using DistBuild.Core.Discovery;
using DistBuild.Core.Processes;
using DistBuild.Core.Store;
using DistBuild.Core.Wire.Messages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DistBuild.Agent.Hosting;

/// <summary>Puts an agent together and runs it until it is told to stop.</summary>
internal static class AgentHost
{
    /// <summary>Longer than the server lets running compiles end.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);

    /// <exception cref="ClusterKeyException">The key file cannot be used.</exception>
    /// <exception cref="AgentStartException">It may not, or cannot, listen where it was told to.</exception>
    /// <exception cref="IOException">The work folder cannot be used.</exception>
    /// <param name="started">Called once the agent serves; null for nobody.</param>
    public static async Task RunAsync(AgentOptions options, TextWriter output, Action? started, CancellationToken cancellationToken)
    {
        ClusterKey? key = options.ClusterKeyFile is { } file ? ClusterKey.Load(file) : null;
        if (key is { Role: not ClientRole.Full })
        {
            throw AgentStartException.KeyOnlyReads(options.ClusterKeyFile!);
        }

        AgentServerOptions serving = new() { Listen = options.Listen ?? (key is null ? IPAddress.Loopback : IPAddress.Any), Port = options.Port, Key = key };
        if (key is null && !IPAddress.IsLoopback(serving.Listen))
        {
            // Before the seconds that finding the compilers takes.
            throw AgentStartException.NeedsKey(serving.Listen);
        }

        YieldToTheOwner();
        using WorkFolder work = WorkFolder.Open(options.Work);
        using MachineMonitor monitor = new(MachineMonitor.ReaderOfThisSystem(), TimeProvider.System);
        ToolchainIdentifier identifier = new(Path.Combine(work.Root, "toolchains"));

        // Objects that show where they were made are of no use elsewhere.
        IReadOnlyList<Toolchain> toolchains = [.. (await identifier.FindAllAsync(OwnEnvironment(), cancellationToken)).Where(found => found.Family is not ICompileReports)];
        ObjectStore store = ObjectStore.Open(options.Store, options.StoreSize);
        ExecutionLimits limits = new();
        Isolation isolation = await Isolation.DetectAsync(limits, ProgramOnPath, options.Dedicated, cancellationToken);
        AgentState state = new(AgentIdentity.For(work.Root, options.Store, options.Port), PowerMeter.Power(work.Root), monitor, store);

        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        ConfigureLogging(builder.Logging);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTimeout);
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(output)
            .AddSingleton(options)
            .AddSingleton(serving)
            .AddSingleton(limits)
            .AddSingleton(isolation)
            .AddSingleton(store)
            .AddSingleton<IAgentState>(state)
            .AddSingleton(monitor)
            .AddSingleton(new SlotPool(options.Slots, limits.Time * 2, TimeProvider.System))
            .AddSingleton<ISlotPool>(services => services.GetRequiredService<SlotPool>())
            .AddSingleton<ICompileService>(services => new CompileExecutor(
                toolchains, work, limits, isolation, Environment.GetEnvironmentVariable, services.GetRequiredService<ILogger<CompileExecutor>>()))
            .AddSingleton<AgentServer>()
            .AddSingleton<SelfTest>()
            .AddHostedService<SlotKeeper>()
            .AddHostedService<AgentService>()
            .AddHostedService<StoreKeeper>();
        IHost host = builder.Build();
        if (started is not null)
        {
            host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(started);
        }

        await host.RunAsync(cancellationToken);
    }

    private static void ConfigureLogging(ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd HH:mm:ss ";
        });
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Critical);
    }

    /// <summary>Compilers inherit this on Windows; elsewhere each is started with a lower priority of its own, and the agent itself answers at once.</summary>
    private static void YieldToTheOwner()
    {
        if (OperatingSystem.IsWindows())
        {
            using Process self = Process.GetCurrentProcess();
            self.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
    }

    public static string? ProgramOnPath(string program) => DriverFinder.Find(program, "/", OwnEnvironment());

    private static Dictionary<string, string> OwnEnvironment() => EnvironmentBlock.Read();
}
