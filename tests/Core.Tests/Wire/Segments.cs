using System.Buffers;

namespace DistBuild.Core.Tests.Wire;

/// <summary>A sequence of several segments, as a pipe gives it.</summary>
internal sealed class Segments : ReadOnlySequenceSegment<byte>
{
    public static ReadOnlySequence<byte> Of(params byte[][] parts)
    {
        Segments first = new() { Memory = parts[0] }, last = first;
        foreach (byte[] part in parts.Skip(1))
        {
            Segments next = new() { Memory = part, RunningIndex = last.RunningIndex + last.Memory.Length };
            last.Next = next;
            last = next;
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }
}
