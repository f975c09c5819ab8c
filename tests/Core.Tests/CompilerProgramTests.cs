using System.Runtime.Versioning;
using System.Text;
using DistBuild.Core.Processes;
using DistBuild.Core.Units;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests;

[TestClass]
[UnsupportedOSPlatform("windows")]
public sealed class CompilerProgramTests
{
    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [DataRow("sh", "named on the command's own PATH")]
    [DataRow("tools/sh", "from the command's working directory")]
    public async Task The_program_that_runs_is_the_one_the_command_means(string compiler, string why)
    {
        using TemporaryFolder folder = new("distbuild-program-");
        Directory.CreateDirectory(folder["tools"]);
        await File.WriteAllTextAsync(folder["tools/sh"], "#!/bin/sh\necho ours\n");
        File.SetUnixFileMode(folder["tools/sh"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        CompileCommand command = new(compiler, [], folder.Path, new Dictionary<string, string> { ["PATH"] = folder["tools"] + ":/usr/bin:/bin" });

        ProcessResult result = await ProcessRunner.RunAsync(ProcessRequest.For(command), CancellationToken.None);

        Assert.AreEqual("ours\n", Encoding.UTF8.GetString(result.Output), why);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void A_name_that_means_the_same_everywhere_stays_as_it_is()
    {
        CompileCommand command = new("sh", [], "/", new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH")! });

        Assert.AreEqual("sh", ProcessRequest.For(command).FileName, "drivers print it in their messages");
    }

    [TestMethod]
    public void A_program_that_is_nowhere_keeps_its_name() =>
        Assert.AreEqual("no-such-compiler", ProcessRequest.For(new CompileCommand("no-such-compiler", [], "/", new Dictionary<string, string>())).FileName);
}
