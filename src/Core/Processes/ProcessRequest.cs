using DistBuild.Core.Units;

namespace DistBuild.Core.Processes;

/// <summary>A program to run to its end.</summary>
/// <param name="Environment">The whole environment of the child; nothing is inherited.</param>
/// <param name="OutputLimit">Bytes of each stream after which the program is killed; 0 is without limit.</param>
public sealed record ProcessRequest(
    string FileName,
    IReadOnlyList<string> Arguments,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string> Environment,
    long OutputLimit = 0)
{
    /// <summary>
    /// The program asks the system to end it together with the thread that started it (Linux' PR_SET_PDEATHSIG): that thread then lasts as long as this process.
    /// </summary>
    public bool EndsWithStarter { get; init; }

    public static ProcessRequest For(CompileCommand command) => new(CompilerProgram.Of(command), command.Arguments, command.WorkingDirectory, command.Environment);
}

/// <summary>How a program ended.</summary>
public sealed record ProcessResult(int ExitCode, byte[] Output, byte[] Errors, TimeSpan Elapsed);
