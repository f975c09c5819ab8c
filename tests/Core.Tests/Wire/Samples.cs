using System.Net;
using DistBuild.Core.Compilers;
using DistBuild.Core.Discovery;
using DistBuild.Core.Hashing;
using DistBuild.Core.Wire;
using DistBuild.Core.Wire.Datagrams;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Core.Tests.Wire;

/// <summary>One message and one datagram of every kind, with the bytes they have had since their version.</summary>
internal static class Samples
{
    private const string Key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private const string Nonce = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfefff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";
    private const string Id = "00112233445566778899aabbccddeeff";

    public static ClusterKey ClusterKey { get; } = new(DigestOf(Key).ToArray());

    private static ContentHeader Content { get; } = new(ContentEncoding.Raw, 0x010203, 4, 5, DigestOf(Key));

    /// <summary>Payloads without their frame headers.</summary>
    public static IReadOnlyList<(WireMessage Message, string Bytes)> Messages { get; } =
    [
        (new Hello(1, 0, DigestOf(Nonce), "büro"), "44424c44 01 00" + Nonce + "0005 62c3bc726f"),
        (new Welcome(1, 0, true, DigestOf(Nonce), Guid(Id), "a"), "01 00 01" + Nonce + Id + "0001 61"),
        (new Proof(DigestOf(Key)), Key),
        (new Accepted(DigestOf(Key), ClientRole.ReadOnly, 256), Key + "01 0100"),
        (new Rejected(RejectReason.ClusterKey, "no"), "02 0002 6e6f"),
        (Signal.Alive, ""),
        (new Fetch(DigestOf(Key), true), Key + "01"),
        (new Found(Content), "00 00010203 00000004 00000005" + Key),
        (Signal.Missing, ""),
        (new Chunk(new byte[] { 1, 2, 3 }), "010203"),
        (Signal.End, ""),
        (Signal.Cancel, ""),
        (Signal.Cancelled, ""),
        (new Lease(DigestOf(Key)), Key),
        (new Granted(2000), "000007d0"),
        (new Declined(DeclineReason.Expired, "late"), "03 0004 6c617465"),
        (Signal.Release, ""),
        (
            new Compile(DigestOf(Key), DigestOf(Nonce), true, ContentEncoding.Deflate, 0x0a0b, new RemoteJob("gcc", "c++", ["-O2", ""])),
            Key + Nonce + "01 01 00000a0b 0003 676363 0003 632b2b 0002 0003 2d4f32 0000"),
        (new Result(-2, true, Content), "fffffffe 01 00 00010203 00000004 00000005" + Key),
        (new Claim(DigestOf(Key), true), Key + "01"),
        (Signal.Taken, ""),
        (Signal.Claimed, ""),
        (new Settle(Guid(Id)), Id),
        (new Settled(true), "01"),
        (new Elsewhere(Guid(Id)), Id),
        (new Keep(DigestOf(Key), KeepKind.Manifest, Content), Key + "02 00 00010203 00000004 00000005" + Key),
        (Signal.Kept, ""),
        (Signal.Status, ""),
        (
            new StatusReport(
                Guid(Id), "a", "0.1.0", TimeSpan.FromSeconds(3600), 8, 7, 1, 100, 50, 2048, 3, 1, 2, 3, 4,
                [new StatusToolchain(DigestOf(Key), "g++")], [new StatusJob(DigestOf(Nonce), "b@c", 2, TimeSpan.FromMilliseconds(1500), "g++")], new StatusSample(3, [8])),
            Id + "0001 61 0005 302e312e30 00000e10 0008 0007 0001 0064 32 00000800 0003 0000000000000001 0000000000000002 0000000000000003 0000000000000004"
            + "0001" + Key + "0003 672b2b 0001" + Nonce + "0003 624063 0002 000005dc 0003 672b2b 03 0001 0000000000000008"),
    ];

    public static WhoHas Question { get; } = new(0x0102030405060708, 0x19000000000, [0xa1], [0xb1, 0xb2, 0xb3]);

    public static OfferAnswer Answer { get; } = new(
        0x0102030405060708, 0x19000000001, Guid(Id), IPAddress.Any, 27182, DigestOf(Key), 8, 7, 1, 100, 50, 2048, 1,
        [Holding.Object, Holding.Compiling, Holding.No], "a");

    /// <summary>Without seal.</summary>
    public static IReadOnlyList<(byte[] Datagram, string Bytes)> Datagrams { get; } =
    [
        (
            Question.ToBytes(null),
            "44424c44 01 01 00 00 0102030405060708 0000019000000000 01 03 00000000000000a1 00000000000000b1 00000000000000b2 00000000000000b3"
            + new string('0', 2 * (WhoHas.MinSize - 24 - 2 - 32))),
        (
            Answer.ToBytes(null),
            "44424c44 01 02 00 00 0102030405060708 0000019000000001" + Id + "00000000 6a2e" + Key + "0008 0007 0001 0064 32 00000800 0001 03 21 00 0001 61"),
        (new ClockAnswer(0x0102030405060708, 0x19000000002).ToBytes(null), "44424c44 01 03 00 00 0102030405060708 0000019000000002"),
    ];

    public static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", ""));

    public static Digest DigestOf(string hex) => Digest.TryParse(hex, out Digest digest) ? digest : throw new ArgumentException(hex);

    public static byte[] Payload(WireMessage message)
    {
        PayloadWriter writer = new();
        message.Write(writer);
        return writer.Written.ToArray();
    }

    /// <summary>Header and payload.</summary>
    public static byte[] Frame(ushort stream, WireMessage message)
    {
        byte[] payload = Payload(message), frame = new byte[FrameHeader.Size + payload.Length];
        new FrameHeader(message.Type, 0, stream, (uint)payload.Length).Write(frame);
        payload.CopyTo(frame, FrameHeader.Size);
        return frame;
    }

    private static Guid Guid(string hex) => new(Convert.FromHexString(hex));
}
