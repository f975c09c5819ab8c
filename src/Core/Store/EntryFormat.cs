using System.Buffers.Binary;
using System.Text;
using DistBuild.Core.Hashing;
using DistBuild.Core.Units;

namespace DistBuild.Core.Store;

/// <summary>
/// The bytes of one entry; docs/store.md has the same drawing and a golden example. Integers are little-endian.
/// <code>
/// off  0        8          10        12         16       48        80               112
///      | magic  | version  | domain  | sections | key    | content | section table  | sections … | checksum
///      | 8 bytes| u16      | u16     | u32      | 32     | 32      | 4 x 8 bytes    |            | u64
///
/// section table: per section    | kind u32 | length u32 |    sections follow in the order of the table, without padding
/// key      the 32 bytes that name the result; the file's name is only their 64-bit xxHash
/// content  SHA-256 of the object section
/// checksum xxHash64, seed 0, of every byte before it
/// </code>
/// </summary>
internal static class EntryFormat
{
    /// <summary>
    /// 1: object, output, errors, producer.
    /// Raised when a reader of the old number would misread the bytes. A new section kind needs no new number: who does not know it leaves the entry alone.
    /// </summary>
    public const int Version = 1;

    /// <summary>A compile result. Manifests will be a domain of their own, so that a manifest never reads as a result.</summary>
    public const int ResultDomain = 1;

    public const int KnownSections = 4;

    /// <summary>More than any plan has; it only bounds what a hostile file can make us look at.</summary>
    public const int MaximumSections = 64;

    /// <summary>Bytes of one entry: a gibibyte is far above any object and below every array limit.</summary>
    public const int MaximumLength = 1 << 30;

    /// <summary>UTF-8 bytes.</summary>
    public const int MaximumProducer = 256;

    public const int HeaderLength = 80, TableItemLength = 8, ChecksumLength = 8;

    private const int VersionAt = 8, DomainAt = 10, SectionsAt = 12, KeyAt = 16, ContentAt = 48;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ReadOnlySpan<byte> Magic => "DBENTRY\x1A"u8;

    /// <summary>The length <see cref="Write"/> will give, or null when it would pass <see cref="MaximumLength"/>.</summary>
    public static int? LengthOf(CompiledResult result, string producer)
    {
        long length = HeaderLength + (KnownSections * TableItemLength) + ChecksumLength
            + (long)result.Object.Length + result.Output.Length + result.Errors.Length + ProducerBytes(producer).Length;
        return length <= MaximumLength ? (int)length : null;
    }

    public static byte[] Write(Digest key, CompiledResult result, string producer)
    {
        (EntrySection Kind, ReadOnlyMemory<byte> Bytes)[] sections =
        [
            (EntrySection.Object, result.Object),
            (EntrySection.Output, result.Output),
            (EntrySection.Errors, result.Errors),
            (EntrySection.Producer, ProducerBytes(producer)),
        ];
        byte[] entry = new byte[LengthOf(result, producer) ?? throw new ArgumentException("The result is larger than an entry can be.", nameof(result))];
        Span<byte> bytes = entry;
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.Slice(VersionAt), Version);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.Slice(DomainAt), ResultDomain);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.Slice(SectionsAt), KnownSections);
        key.CopyTo(bytes.Slice(KeyAt));
        Digest.Of(result.Object.Span).CopyTo(bytes.Slice(ContentAt));
        int table = HeaderLength, at = HeaderLength + (sections.Length * TableItemLength);
        foreach ((EntrySection kind, ReadOnlyMemory<byte> section) in sections)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.Slice(table), (uint)kind);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.Slice(table + 4), (uint)section.Length);
            section.Span.CopyTo(bytes.Slice(at));
            table += TableItemLength;
            at += section.Length;
        }

        BinaryPrimitives.WriteUInt64LittleEndian(bytes.Slice(at), XxHash64.Hash(bytes.Slice(0, at)));
        return entry;
    }

    /// <summary>Reads an entry; the result's memories are slices of <paramref name="file"/>.</summary>
    public static EntryVerdict Read(ReadOnlyMemory<byte> file, out StoredEntry? entry)
    {
        entry = null;
        ReadOnlySpan<byte> bytes = file.Span;
        int end = bytes.Length - ChecksumLength;
        if (end < HeaderLength
            || !bytes.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(VersionAt)) != Version
            || BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(end)) != XxHash64.Hash(bytes.Slice(0, end)))
        {
            return EntryVerdict.Damaged;
        }

        EntryVerdict verdict = ReadSections(file.Slice(0, end), out ReadOnlyMemory<byte>[] sections);
        if (verdict != EntryVerdict.Whole)
        {
            return verdict;
        }

        if (!TryReadProducer(sections[3], out string producer) || sections[0].IsEmpty)
        {
            return EntryVerdict.Damaged;
        }

        entry = new StoredEntry(
            new Digest(bytes.Slice(KeyAt, Digest.Size)),
            new Digest(bytes.Slice(ContentAt, Digest.Size)),
            producer,
            new CompiledResult(sections[0], sections[1], sections[2]));
        return EntryVerdict.Whole;
    }

    private static EntryVerdict ReadSections(ReadOnlyMemory<byte> file, out ReadOnlyMemory<byte>[] sections)
    {
        sections = new ReadOnlyMemory<byte>[KnownSections];
        ReadOnlySpan<byte> bytes = file.Span;
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(SectionsAt));
        if (count > MaximumSections || bytes.Length < HeaderLength + (count * TableItemLength))
        {
            return EntryVerdict.Damaged;
        }

        bool newer = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(DomainAt)) != ResultDomain;
        long at = HeaderLength + (count * TableItemLength);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> item = bytes.Slice(HeaderLength + (i * TableItemLength));
            uint kind = BinaryPrimitives.ReadUInt32LittleEndian(item), length = BinaryPrimitives.ReadUInt32LittleEndian(item.Slice(4));
            if (length > bytes.Length - at)
            {
                return EntryVerdict.Damaged;
            }

            if (i < KnownSections && kind == i + 1)
            {
                sections[i] = file.Slice((int)at, (int)length);
            }
            else
            {
                newer = true;
            }

            at += length;
        }

        return at != bytes.Length ? EntryVerdict.Damaged : newer || count != KnownSections ? EntryVerdict.Newer : EntryVerdict.Whole;
    }

    private static bool TryReadProducer(ReadOnlyMemory<byte> bytes, out string producer)
    {
        producer = "";
        if (bytes.Length > MaximumProducer)
        {
            return false;
        }

        try
        {
            producer = StrictUtf8.GetString(bytes.ToArray());
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static byte[] ProducerBytes(string producer)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(producer);
        int length = Math.Min(bytes.Length, MaximumProducer);
        while (length < bytes.Length && (bytes[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return length == bytes.Length ? bytes : bytes.AsSpan(0, length).ToArray();
    }
}
