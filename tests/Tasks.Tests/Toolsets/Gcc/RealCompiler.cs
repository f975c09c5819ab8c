using System.Text;
using DistBuild.Core.Processes;
using DistBuild.Core.Units;

namespace DistBuild.Tasks.Tests.Toolsets.Gcc;

/// <summary>The compilers of this machine, which have the last word on a command line.</summary>
internal static class RealCompiler
{
    public static IReadOnlyList<(string C, string Cxx)> Pairs { get; } = [("gcc", "g++"), ("clang-19", "clang++-19")];

    public static async Task<(int ExitCode, string Printed)> RunAsync(CompileCommand command)
    {
        ProcessResult result = await ProcessRunner.RunAsync(
            new ProcessRequest(command.Compiler, command.Arguments, command.WorkingDirectory, command.Environment), CancellationToken.None);
        return (result.ExitCode, Encoding.UTF8.GetString(result.Output) + Encoding.UTF8.GetString(result.Errors));
    }

    /// <summary>Compiles the unit and accepts no word of complaint.</summary>
    public static async Task AcceptsAsync(TranslationUnit unit)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(unit.Object)!);
        (int exitCode, string printed) = await RunAsync(unit.Command);
        string line = unit.Command.Compiler + " " + CommandLine.Join(unit.Command.Arguments);
        Assert.AreEqual("", printed, line);
        Assert.AreEqual(0, exitCode, line);
        Assert.IsGreaterThan(0, new FileInfo(unit.Object).Length);
    }
}
