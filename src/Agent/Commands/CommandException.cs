namespace DistBuild.Agent.Commands;

/// <summary>A command that cannot do what it was asked; the message is for the person who asked and says what to do.</summary>
internal sealed class CommandException(string message, int exitCode = ExitCodes.Failed) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
