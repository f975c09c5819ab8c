namespace DistBuild.Core.Units;

/// <summary>A command as a compilation database should show it, where that is not the command that runs: the line another build system would run.</summary>
/// <param name="Line">One text, quoted as that build system quotes.</param>
/// <param name="Arguments">The program and what it would get, with paths that this system can follow.</param>
public sealed record ShownCommand(string Line, IReadOnlyList<string> Arguments);
