using DistBuild.Core.Processes;
using DistBuild.Core.Store;
using DistBuild.Tests.Shared;

namespace DistBuild.Agent.Tests.Hosting;

[TestClass]
public sealed class SelfTestTests
{
    [TestMethod]
    [Timeout(120_000)]
    public async Task A_compiler_that_answers_questions_and_does_not_compile_is_not_offered()
    {
        using TemporaryFolder folder = new();
        string real = "/usr/bin/gcc";
        string source = folder.Write("broken.c", $$"""
            #include <string.h>
            #include <unistd.h>
            int main(int argc, char **argv)
            {
                for (int i = 1; i < argc; i++)
                    if (!strcmp(argv[i], "-c"))
                        return 4;
                argv[0] = "{{real}}";
                return execv(argv[0], argv);
            }
            """);
        Directory.CreateDirectory(folder["bin"]);
        ProcessResult compiled = await ProcessRunner.RunAsync(new ProcessRequest(real, [source, "-o", folder["bin/gcc-99"]], folder.Path, RunningAgent.Environment()), CancellationToken.None);
        Assert.AreEqual(0, compiled.ExitCode);

        await using RunningAgent agent = await RunningAgent.StartAsync(folder, $"{folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}", port: 0);
        (_, string printed) = await agent.StopAsync("TERM");

        Assert.Contains($"({folder["bin/gcc-99"]}) does not compile here and is not offered: ", printed);
        string announcement = printed.Split('\n').Single(line => line.StartsWith("Serving on", StringComparison.Ordinal));
        Assert.Contains("g++", announcement, "the others are");
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task What_it_compiled_for_itself_is_not_kept()
    {
        using TemporaryFolder folder = new();
        await using RunningAgent agent = await RunningAgent.StartAsync(folder);

        Assert.AreEqual(0, ObjectStore.Open(agent.Store, 1 << 30).Statistics().Entries);
    }
}
