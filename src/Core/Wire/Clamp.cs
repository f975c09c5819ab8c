using System.Text;

namespace DistBuild.Core.Wire;

/// <summary>Measured numbers into fields that may be too small for them: the largest value then means "at least this".</summary>
public static class Clamp
{
    public static byte U8(int value) => (byte)Math.Min(byte.MaxValue, Math.Max(0, value));

    public static ushort U16(int value) => (ushort)Math.Min(ushort.MaxValue, Math.Max(0, value));

    public static uint U32(int value) => (uint)Math.Max(0, value);

    /// <summary>A name that is valid UTF-8 of at most <see cref="WireLimits.MaxName"/> bytes, cut between characters.</summary>
    public static string Name(string name) => Utf8(name, WireLimits.MaxName);

    /// <summary>A text that is valid UTF-8 of at most so many bytes, cut between characters.</summary>
    public static string Utf8(string text, int limit)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        int length = Math.Min(utf8.Length, limit);
        while (length < utf8.Length && (utf8[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return Encoding.UTF8.GetString(utf8, 0, length);
    }
}
