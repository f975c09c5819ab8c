namespace DistBuild.Agent.Commands;

/// <summary>How the tool ends; part of its face.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    public const int Failed = 1;

    /// <summary>The command line, or a value it or the environment gives, cannot be understood.</summary>
    public const int Usage = 2;

    /// <summary>The compiler of <c>distbuild compile</c> could not be started; as shells have it.</summary>
    public const int NotStarted = 127;

    /// <summary>Stopped by Ctrl+C or SIGTERM; as shells have it.</summary>
    public const int Stopped = 130;
}
