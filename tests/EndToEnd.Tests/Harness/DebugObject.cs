using System.Text.RegularExpressions;

namespace DistBuild.EndToEnd.Tests.Harness;

/// <summary>
/// Compares objects with debug information. DWARF's producer string holds the compiler's options, and an object compiled from preprocessed text has
/// others; where it is shorter or longer, every later offset into the strings moves. So code and data must be the same bytes, and the debug
/// information must say the same, read by <c>readelf</c>, which prints strings instead of offsets.
/// </summary>
internal static partial class DebugObject
{
    public static async Task AssertSameButProducerAsync(Developer developer, byte[] expected, string actual)
    {
        string plain = Path.Combine(developer.Folder, "plain.object");
        await File.WriteAllBytesAsync(plain, expected);
        foreach (string file in (string[])[plain, actual])
        {
            (await developer.RunAsync("objcopy", "--strip-debug", file, file + ".stripped")).MustSucceed();
        }

        CollectionAssert.AreEqual(await File.ReadAllBytesAsync(plain + ".stripped"), await File.ReadAllBytesAsync(actual + ".stripped"), actual);
        foreach (string part in (string[])["info", "decodedline", "frames", "Ranges"])
        {
            Assert.AreEqual(await SayAsync(developer, part, plain), await SayAsync(developer, part, actual), $"{part} of {actual}");
        }

        File.Delete(plain + ".stripped");
        File.Delete(actual + ".stripped");
        File.Delete(plain);
    }

    private static async Task<string> SayAsync(Developer developer, string part, string file)
    {
        string said = (await developer.RunAsync("readelf", $"--debug-dump={part}", file)).MustSucceed().Printed;
        return Moving().Replace(said.Replace(file, ""), "");
    }

    // The producer, what names the file that was read, readelf's own trouble with units that have no code, and offsets into the strings.
    [GeneratedRegex(@"^.*DW_AT_producer.*\n|^File: .*\n|^readelf: Warning: .*\n|\((?:alt )?indirect (?:line )?string, offset: 0x[0-9a-f]+\)|\(offset: 0x[0-9a-f]+\)", RegexOptions.Multiline)]
    private static partial Regex Moving();
}
