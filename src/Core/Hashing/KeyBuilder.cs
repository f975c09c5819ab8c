using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DistBuild.Core.Hashing;

/// <summary>
/// Builds a key from tagged, length-prefixed fields, so that no two different lists of fields have the same bytes.
/// A field is: tag length (u32, little-endian), tag (UTF-8), value length (u32), value.
/// </summary>
public sealed class KeyBuilder : IDisposable
{
    // Fields are short and many, and each call of the platform's SHA-256 costs as much as hashing a hundred bytes.
    private const int PendingLength = 4096;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    // Borrowed: as garbage, those of a few hundred units bring on a collection that walks through all that the build engine holds.
    private readonly byte[] _pending = ArrayPool<byte>.Shared.Rent(PendingLength);
    private readonly ICollection<KeyValuePair<string, string>>? _transcript;
    private int _length;
    private bool _disposed;

    /// <param name="domain">What the key names and its format version, for example <c>unit/1</c>: keys of two domains never meet.</param>
    /// <param name="transcript">Gets every field of text that is added, by its tag, for whoever explains the key to a person; null costs nothing.</param>
    public KeyBuilder(string domain, ICollection<KeyValuePair<string, string>>? transcript = null)
    {
        Add("domain", domain);
        _transcript = transcript;
    }

    public KeyBuilder Add(string tag, string value)
    {
        _transcript?.Add(new KeyValuePair<string, string>(tag, value));
        AppendLength(Encoding.UTF8.GetByteCount(tag));
        AppendText(tag);
        AppendLength(Encoding.UTF8.GetByteCount(value));
        AppendText(value);
        return this;
    }

    public KeyBuilder Add(string tag, Digest value) => Add(tag, value.ToArray());

    /// <summary>Adds each value under the same tag, in order, after their count.</summary>
    public KeyBuilder AddAll(string tag, IReadOnlyCollection<string> values)
    {
        Add(tag + "#", values.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (string value in values)
        {
            Add(tag, value);
        }

        return this;
    }

    public KeyBuilder Add(string tag, byte[] value)
    {
        AppendLength(Encoding.UTF8.GetByteCount(tag));
        AppendText(tag);
        AppendLength(value.Length);
        Append(value);
        return this;
    }

    /// <summary>The key of everything added; the builder must not be used after it.</summary>
    public Digest Build()
    {
        Flush();
        return new Digest(_hash.GetHashAndReset());
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _hash.Dispose();
            ArrayPool<byte>.Shared.Return(_pending);
        }
    }

    private void AppendLength(int length)
    {
        Reserve(sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(_pending.AsSpan(_length), (uint)length);
        _length += sizeof(uint);
    }

    private void AppendText(string text)
    {
        if (Encoding.UTF8.GetMaxByteCount(text.Length) > PendingLength)
        {
            Append(Encoding.UTF8.GetBytes(text));
            return;
        }

        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        _length += Encoding.UTF8.GetBytes(text, 0, text.Length, _pending, _length);
    }

    private void Append(byte[] bytes)
    {
        if (bytes.Length > PendingLength)
        {
            Flush();
            _hash.AppendData(bytes);
            return;
        }

        Reserve(bytes.Length);
        bytes.CopyTo(_pending, _length);
        _length += bytes.Length;
    }

    private void Reserve(int length)
    {
        if (length > PendingLength - _length)
        {
            Flush();
        }
    }

    private void Flush()
    {
        _hash.AppendData(_pending, 0, _length);
        _length = 0;
    }
}
