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
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <param name="domain">What the key names and its format version, for example <c>unit/1</c>: keys of two domains never meet.</param>
    public KeyBuilder(string domain) => Add("domain", domain);

    public KeyBuilder Add(string tag, string value) => Add(tag, Encoding.UTF8.GetBytes(value));

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
        Append(Encoding.UTF8.GetBytes(tag));
        Append(value);
        return this;
    }

    public Digest Build() => new(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    private void Append(byte[] bytes)
    {
        byte[] length = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)bytes.Length);
        _hash.AppendData(length);
        _hash.AppendData(bytes);
    }
}
