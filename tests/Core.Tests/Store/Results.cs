using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Store;

/// <summary>Keys and results that any process can make again from a number.</summary>
internal static class Results
{
    public static Digest Key(int number) => Digest.Of(Encoding.ASCII.GetBytes("key " + number.ToString(CultureInfo.InvariantCulture)));

    /// <summary>All results of one object length have one entry length.</summary>
    public static CompiledResult Of(int number, int length = 1000)
    {
        byte[] content = new byte[length];
        new Random(number).NextBytes(content);
        return new CompiledResult(content, Encoding.ASCII.GetBytes($"output {number:d6}"), Encoding.ASCII.GetBytes($"errors {number:d6}"));
    }

    public static bool AreEqual(CompiledResult left, CompiledResult right) =>
        left.Object.Span.SequenceEqual(right.Object.Span)
        && left.Output.Span.SequenceEqual(right.Output.Span) && left.Errors.Span.SequenceEqual(right.Errors.Span);

    public static string Sha256(ReadOnlyMemory<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
}
