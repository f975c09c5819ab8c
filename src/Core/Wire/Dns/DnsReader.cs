using System.Buffers.Binary;
using System.Text;

namespace DistBuild.Core.Wire.Dns;

/// <summary>
/// Reads the fields of a DNS message. After the first that does not fit every read gives a default. A compressed name may only point to before itself, so that each
/// jump leads further to the front and none in a circle.
/// </summary>
internal ref struct DnsReader(ReadOnlySpan<byte> message)
{
    private const int PointerBits = 0xc0;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _message = message;
    private int _place;

    public bool HasFailed { get; private set; }

    public ushort U16() => Take(sizeof(ushort)) is { Length: sizeof(ushort) } field ? BinaryPrimitives.ReadUInt16BigEndian(field) : default;

    public uint U32() => Take(sizeof(uint)) is { Length: sizeof(uint) } field ? BinaryPrimitives.ReadUInt32BigEndian(field) : default;

    /// <summary>A name; null after a failure, and for the root, which is nobody's name here.</summary>
    public DnsName? Name()
    {
        List<string> labels = [];
        int size = 1, front = _place, place = _place;
        bool hasJumped = false;
        while (!HasFailed)
        {
            if (place >= _message.Length)
            {
                HasFailed = true;
                break;
            }

            int length = _message[place];
            if (length == 0)
            {
                _place = hasJumped ? _place : place + 1;
                return labels.Count > 0 ? DnsName.TryOf(labels) : null;
            }

            if ((length & PointerBits) == PointerBits && place + 1 < _message.Length)
            {
                int target = ((length & ~PointerBits) << 8) | _message[place + 1];
                HasFailed = target >= front;
                _place = hasJumped ? _place : place + 2;
                (place, front, hasJumped) = (target, target, true);
                continue;
            }

            size += 1 + length;
            HasFailed = length > DnsName.MaxLabel || size > DnsName.MaxName || place + 1 + length > _message.Length;
            if (!HasFailed && Label(_message.Slice(place + 1, length)) is { } label)
            {
                labels.Add(label);
                place += 1 + length;
            }
        }

        return null;
    }

    /// <summary>A record's data with its length before it; a name in it is written out.</summary>
    public byte[] Data(DnsType type)
    {
        int length = U16(), start = _place;
        ReadOnlySpan<byte> data = Take(length);
        int before = type switch { DnsType.Pointer => 0, DnsType.Service => 3 * sizeof(ushort), _ => -1 };
        if (HasFailed || before < 0)
        {
            return data.ToArray();
        }

        _place = start;
        byte[] fixedPart = Take(before).ToArray();
        DnsName? name = Name();
        HasFailed |= name is null || _place != start + length;
        return HasFailed ? [] : [.. fixedPart, .. name!.ToBytes()];
    }

    private string? Label(ReadOnlySpan<byte> label)
    {
        try
        {
            return StrictUtf8.GetString(label.ToArray());
        }
        catch (DecoderFallbackException)
        {
            HasFailed = true;
            return null;
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (HasFailed || count > _message.Length - _place)
        {
            HasFailed = true;
            return default;
        }

        ReadOnlySpan<byte> field = _message.Slice(_place, count);
        _place += count;
        return field;
    }
}
