using System.Globalization;
using System.Text;

namespace DistBuild.Tests.NetFramework;

/// <summary>Members of strings, encodings and conversions that .NET Framework lacks.</summary>
internal static class TextMembers
{
    extension(string)
    {
        public static string Join<T>(char separator, IEnumerable<T> values) => string.Join(separator.ToString(), values);
    }

    extension(string text)
    {
        public bool Contains(char value) => text.IndexOf(value) >= 0;

        public bool Contains(string value, StringComparison comparison) => text.IndexOf(value, comparison) >= 0;

        public int IndexOf(char value, StringComparison comparison) => comparison == StringComparison.Ordinal ? text.IndexOf(value) : throw new NotSupportedException();

        public bool StartsWith(char value) => text.Length > 0 && text[0] == value;

        public bool EndsWith(char value) => text.Length > 0 && text[^1] == value;

        public string[] Split(string separator) => text.Split([separator], StringSplitOptions.None);

        public string[] Split(char separator, int count) => text.Split([separator], count);

        public string[] Split(char separator, StringSplitOptions options) => text.Split([separator], options);

        public string Replace(string old, string with, StringComparison comparison) => comparison == StringComparison.Ordinal
            ? text.Replace(old, with)
            : throw new NotSupportedException();

        public string ReplaceLineEndings(string lineEnd) => text.Replace("\r\n", "\n").Replace("\n", lineEnd);
    }

    extension(Encoding)
    {
        public static Encoding Latin1 => Encoding.GetEncoding("iso-8859-1");
    }

    extension(Encoding encoding)
    {
        public string GetString(ReadOnlySpan<byte> bytes) => encoding.GetString(bytes.ToArray());
    }

    extension(Convert)
    {
        public static string ToHexString(ReadOnlySpan<byte> bytes) => string.Concat(bytes.ToArray().Select(value => value.ToString("X2", CultureInfo.InvariantCulture)));

        public static string ToHexStringLower(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes).ToLowerInvariant();

        public static byte[] FromHexString(string hex) =>
            [.. Enumerable.Range(0, hex.Length / 2).Select(i => byte.Parse(hex.Substring(2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
    }

    extension(Enum)
    {
        public static T[] GetValues<T>()
            where T : struct, Enum => (T[])Enum.GetValues(typeof(T));
    }
}
