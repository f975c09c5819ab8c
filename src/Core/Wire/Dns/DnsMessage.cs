namespace DistBuild.Core.Wire.Dns;

/// <summary>A message of multicast DNS. Names are read compressed or not and written out in full; what is not of class IN is left out when it is read.</summary>
/// <remarks><code>
/// off  0    2       4           6         8             10            12
///      | id | flags | questions | answers | authorities | additionals | question ... | record ...
///      question | name | type u16 | class u16 |
///      record   | name | type u16 | class u16 | lifetime s u32 | length u16 | data |
/// </code>
/// Integers are big-endian. RFC 1035 (4), RFC 6762 (18).
/// </remarks>
/// <param name="Id">0, except in what concerns a resolver that knows no multicast DNS (RFC 6762, 6.7).</param>
public sealed record DnsMessage(
    ushort Id, bool IsResponse, IReadOnlyList<DnsQuestion> Questions, IReadOnlyList<DnsRecord> Answers, IReadOnlyList<DnsRecord> Authorities, IReadOnlyList<DnsRecord> Additionals)
{
    /// <summary>Bytes of the largest datagram, by RFC 6762 (17).</summary>
    public const int MaxSize = 9000;

    private const ushort InternetClass = 1, AnyClass = 255, TopBit = 0x8000;
    private const ushort ResponseFlags = 0x8400, ResponseBit = 0x8000, OperationAndCode = 0x780f;

    /// <summary>The message in a datagram, or null when it is not one: broken, of another operation, or with names that are not UTF-8.</summary>
    public static DnsMessage? Read(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length > MaxSize)
        {
            return null;
        }

        DnsReader reader = new(datagram);
        ushort id = reader.U16(), flags = reader.U16();
        int questions = reader.U16(), answers = reader.U16(), authorities = reader.U16(), additionals = reader.U16();
        DnsMessage message = new(
            id, (flags & ResponseBit) != 0, ReadQuestions(ref reader, questions),
            ReadRecords(ref reader, answers), ReadRecords(ref reader, authorities), ReadRecords(ref reader, additionals));
        return !reader.HasFailed && (flags & OperationAndCode) == 0 ? message : null;
    }

    public byte[] ToBytes()
    {
        PayloadWriter writer = new();
        writer.U16(Id).U16(IsResponse ? ResponseFlags : (ushort)0);
        writer.U16((ushort)Questions.Count).U16((ushort)Answers.Count).U16((ushort)Authorities.Count).U16((ushort)Additionals.Count);
        foreach (DnsQuestion question in Questions)
        {
            question.Name.Write(writer);
            writer.U16((ushort)question.Type).U16((ushort)(InternetClass | (question.WantsUnicast ? TopBit : 0)));
        }

        foreach (DnsRecord record in Answers.Concat(Authorities).Concat(Additionals))
        {
            record.Name.Write(writer);
            writer.U16((ushort)record.Type).U16((ushort)(InternetClass | (record.IsUnique ? TopBit : 0))).U32(record.Lifetime);
            writer.U16((ushort)record.Data.Length).Bytes(record.Data);
        }

        return writer.Written.ToArray();
    }

    private static List<DnsQuestion> ReadQuestions(ref DnsReader reader, int count)
    {
        List<DnsQuestion> questions = [];
        for (int i = 0; i < count && !reader.HasFailed; i++)
        {
            DnsName? name = reader.Name();
            DnsType type = (DnsType)reader.U16();
            int ofClass = reader.U16();
            if (name is not null && (ofClass & ~TopBit) is InternetClass or AnyClass)
            {
                questions.Add(new DnsQuestion(name, type, (ofClass & TopBit) != 0));
            }
        }

        return questions;
    }

    private static List<DnsRecord> ReadRecords(ref DnsReader reader, int count)
    {
        List<DnsRecord> records = [];
        for (int i = 0; i < count && !reader.HasFailed; i++)
        {
            DnsName? name = reader.Name();
            DnsType type = (DnsType)reader.U16();
            int ofClass = reader.U16();
            uint lifetime = reader.U32();
            byte[] data = reader.Data(type);
            if (name is not null && (ofClass & ~TopBit) == InternetClass && !reader.HasFailed)
            {
                records.Add(new DnsRecord(name, type, (ofClass & TopBit) != 0, lifetime, data));
            }
        }

        return records;
    }
}
