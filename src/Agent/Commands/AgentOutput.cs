using System.Text;

namespace DistBuild.Agent.Commands;

/// <summary>Where an agent says what it does: the console, or a file that is appended to.</summary>
internal sealed class AgentOutput : IAsyncDisposable
{
    /// <summary>Some months of warnings; more is begun anew.</summary>
    private const long LargestFile = 16 << 20;

    private readonly StreamWriter? _file;

    private AgentOutput(CommandContext context, StreamWriter? file) => (Context, _file) = (context, file);

    /// <summary>With this output; what it prints raw goes where it went.</summary>
    public CommandContext Context { get; }

    /// <param name="path">Null for the console.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public static AgentOutput Open(string? path, CommandContext context)
    {
        if (path is null)
        {
            return new AgentOutput(context, null);
        }

        FileMode mode = new FileInfo(path) is { Exists: true, Length: > LargestFile } ? FileMode.Create : FileMode.Append;
        StreamWriter file = new(new FileStream(path, mode, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        TextWriter writer = TextWriter.Synchronized(file);

        // The log of the host writes there.
        Console.SetOut(writer);
        Console.SetError(writer);
        return new AgentOutput(context with { Output = writer, Errors = writer, IsTerminal = false }, file);
    }

    public async ValueTask DisposeAsync()
    {
        if (_file is not null)
        {
            Console.SetOut(TextWriter.Null);
            Console.SetError(TextWriter.Null);
            await _file.DisposeAsync();
        }
    }
}
