namespace DistBuild.Core.Wire;

/// <summary>Measured numbers into fields that may be too small for them: the largest value then means "at least this".</summary>
internal static class Clamp
{
    public static byte U8(int value) => (byte)Math.Min(byte.MaxValue, Math.Max(0, value));

    public static ushort U16(int value) => (ushort)Math.Min(ushort.MaxValue, Math.Max(0, value));

    public static uint U32(int value) => (uint)Math.Max(0, value);

    public static string Name(string name) => name.Length <= WireLimits.MaxName ? name : name.Substring(0, WireLimits.MaxName);
}
