using DistBuild.Core.Compilers;
using DistBuild.Core.Hashing;

namespace DistBuild.Core.Wire.Messages;

/// <summary>Uses the slot the stream was granted; the text follows in chunks, ended by end.</summary>
/// <remarks><code>
/// | key 32 | toolchain 32 | same words u8 (0, 1) | encoding u8 | text length u32 | family text | language text | count u16 | argument text ... |
/// </code></remarks>
/// <param name="SameWords">What the compiler prints of the text is what it prints of the source: else a result with words is not kept, because others would be told them.</param>
/// <param name="TextLength">Bytes, decoded; at most <see cref="WireLimits.MaxText"/>.</param>
public sealed record Compile(Digest Key, Digest Toolchain, bool SameWords, ContentEncoding Encoding, int TextLength, RemoteJob Job) : WireMessage
{
    public override FrameType Type => FrameType.Compile;

    public static Compile? Read(ref PayloadReader reader)
    {
        Digest key = reader.Digest(), toolchain = reader.Digest();
        bool sameWords = reader.Flag();
        ContentEncoding encoding = (ContentEncoding)reader.U8();
        int length = reader.Length(WireLimits.MaxText);
        string family = reader.Text(), language = reader.Text();
        string[] arguments = new string[reader.Count(sizeof(ushort))];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = reader.Text();
        }

        return encoding <= ContentEncoding.Deflate ? new(key, toolchain, sameWords, encoding, length, new RemoteJob(family, language, arguments)) : null;
    }

    /// <exception cref="ArgumentException">More arguments than the message can count, or one that is not a text.</exception>
    public override void Write(PayloadWriter payload)
    {
        if (Job.Arguments.Count > ushort.MaxValue)
        {
            throw new ArgumentException($"{Job.Arguments.Count} arguments do not fit a message.");
        }

        payload.Digest(Key).Digest(Toolchain).Flag(SameWords).U8((byte)Encoding).U32((uint)TextLength).Text(Job.Family).Text(Job.Language);
        payload.U16((ushort)Job.Arguments.Count);
        foreach (string argument in Job.Arguments)
        {
            payload.Text(argument);
        }
    }
}

/// <summary>The compiler ran to its end, now or earlier; what it wrote follows.</summary>
/// <remarks><code>
/// | exit code u32, two's complement | from store u8 (0, 1) | content header 45 |
/// </code></remarks>
/// <param name="FromStore">The agent had it already, or another client's compile brought it.</param>
public sealed record Result(int ExitCode, bool FromStore, ContentHeader Content) : WireMessage
{
    public override FrameType Type => FrameType.Result;

    public static Result? Read(ref PayloadReader reader)
    {
        int exitCode = unchecked((int)reader.U32());
        bool fromStore = reader.Flag();
        return ContentHeader.Read(ref reader) is { } content ? new(exitCode, fromStore, content) : null;
    }

    public override void Write(PayloadWriter payload)
    {
        payload.U32(unchecked((uint)ExitCode)).Flag(FromStore);
        Content.Write(payload);
    }
}
