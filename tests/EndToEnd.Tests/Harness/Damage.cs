namespace DistBuild.EndToEnd.Tests.Harness;

/// <summary>What happens to files on real disks.</summary>
internal static class Damage
{
    public static void FlipAByteOfEveryFile(string folder) => Each(folder, content =>
    {
        content[content.Length / 2] ^= 0x20;
        return content;
    });

    public static void CutEveryFile(string folder) => Each(folder, content => content[..(content.Length / 2)]);

    public static void EmptyEveryFile(string folder) => Each(folder, _ => []);

    private static void Each(string folder, Func<byte[], byte[]> change)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => new FileInfo(file).Length > 0)];
        Assert.IsNotEmpty(files, $"{folder} has files to damage");
        foreach (string file in files)
        {
            File.WriteAllBytes(file, change(File.ReadAllBytes(file)));
        }
    }
}
