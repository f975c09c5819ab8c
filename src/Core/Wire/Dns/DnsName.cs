using System.Text;

namespace DistBuild.Core.Wire.Dns;

/// <summary>A domain name as a list of labels; letters of ASCII are compared without their case, as RFC 6762 (16) says.</summary>
public sealed class DnsName : IEquatable<DnsName>
{
    /// <summary>Bytes of one label, by RFC 1035 (2.3.4).</summary>
    public const int MaxLabel = 63;

    /// <summary>Bytes of a name on the wire, the length bytes included.</summary>
    public const int MaxName = 255;

    private readonly string[] _labels;

    private DnsName(string[] labels) => _labels = labels;

    public IReadOnlyList<string> Labels => _labels;

    /// <exception cref="ArgumentException">A label or the whole is empty or too long.</exception>
    public static DnsName Of(params string[] labels) => TryOf(labels) ?? throw new ArgumentException("No domain name: " + string.Join(".", labels), nameof(labels));

    /// <summary>Null when these labels make no name.</summary>
    public static DnsName? TryOf(IReadOnlyCollection<string> labels)
    {
        int size = 1;
        foreach (string label in labels)
        {
            int length = Encoding.UTF8.GetByteCount(label);
            size += 1 + length;
            if (length is 0 or > MaxLabel)
            {
                return null;
            }
        }

        return size <= MaxName ? new DnsName([.. labels]) : null;
    }

    /// <summary>This name below another one.</summary>
    public DnsName Under(DnsName parent) => Of([.. _labels, .. parent._labels]);

    /// <summary>Whether this is a name below another one, or that one.</summary>
    public bool EndsWith(DnsName parent) =>
        _labels.Length >= parent._labels.Length && _labels.Skip(_labels.Length - parent._labels.Length).SequenceEqual(parent._labels, StringComparer.OrdinalIgnoreCase);

    public bool Equals(DnsName? other) => other is not null && _labels.SequenceEqual(other._labels, StringComparer.OrdinalIgnoreCase);

    public override bool Equals(object? obj) => Equals(obj as DnsName);

    public override int GetHashCode() => _labels.Aggregate(0, (hash, label) => (hash * 31) ^ StringComparer.OrdinalIgnoreCase.GetHashCode(label));

    public override string ToString() => string.Join(".", _labels);

    /// <summary>The labels with their lengths before them and an empty one behind; never compressed.</summary>
    internal void Write(PayloadWriter message)
    {
        foreach (string label in _labels)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(label);
            message.U8((byte)bytes.Length).Bytes(bytes);
        }

        message.U8(0);
    }

    internal byte[] ToBytes()
    {
        PayloadWriter writer = new();
        Write(writer);
        return writer.Written.ToArray();
    }
}
