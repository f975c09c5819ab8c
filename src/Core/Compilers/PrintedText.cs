using System.Text;

namespace DistBuild.Core.Compilers;

/// <summary>
/// What compilers print as text: UTF-8, or UTF-16 where a byte order mark or the bytes themselves say so, else the code page of the system, which programs of Windows
/// print in.
/// </summary>
public static class PrintedText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Decode(byte[] printed)
    {
        if (printed.Length >= 2 && printed[0] == 0xFF && printed[1] == 0xFE)
        {
            return Encoding.Unicode.GetString(printed, 2, printed.Length - 2);
        }

        // No text but UTF-16 has a zero in every second place of its first words.
        if (printed.Length >= 4 && printed.Length % 2 == 0 && printed[0] != 0 && printed[1] == 0 && printed[2] != 0 && printed[3] == 0)
        {
            return Encoding.Unicode.GetString(printed);
        }

        try
        {
            return Strict.GetString(printed);
        }
        catch (DecoderFallbackException)
        {
            return SystemCodePage.Decode(printed);
        }
    }
}
