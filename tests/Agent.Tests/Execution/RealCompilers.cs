using System.Collections;
using DistBuild.Agent.Execution;
using DistBuild.Agent.Execution.Isolating;
using DistBuild.Agent.Tests.Hosting;
using DistBuild.Core.Client;
using DistBuild.Core.Compilers;
using Microsoft.Extensions.Logging.Abstractions;

namespace DistBuild.Agent.Tests.Execution;

/// <summary>An agent's executor with compilers of this machine.</summary>
internal static class RealCompilers
{
    public static async Task<Toolchain> FindAsync(string driver)
    {
        Dictionary<string, string> environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string)variable.Value!);
        ToolchainIdentifier identifier = new(Path.Combine(RunningAgent.Work, "toolchains"));
        (Toolchain? found, string? why) = await identifier.IdentifyAsync(driver, "/", environment, CancellationToken.None);
        Assert.IsNotNull(found, why);
        return found;
    }

    public static async Task<RemoteCompileResult> CompileAsync(
        string folder, Toolchain compiler, Isolation isolation, RemoteJob job, ReadOnlyMemory<byte> text, ExecutionLimits? limits = null)
    {
        using WorkFolder work = WorkFolder.Open(folder);
        CompileExecutor executor = new(
            [compiler], work, limits ?? new ExecutionLimits(), isolation, Environment.GetEnvironmentVariable, NullLogger<CompileExecutor>.Instance);
        return await executor.CompileAsync(compiler.Digest, job, text, CancellationToken.None);
    }
}
