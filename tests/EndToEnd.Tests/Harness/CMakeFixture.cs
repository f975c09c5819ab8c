namespace DistBuild.EndToEnd.Tests.Harness;

/// <summary>A small CMake project and what CMake for Windows generated of it: <c>tests/Fixtures/cmake</c>, whose regenerate.sh says how.</summary>
internal static class CMakeFixture
{
    /// <summary>The units of <c>solution/Orchard.sln</c>.</summary>
    public const int Units = 19;

    /// <summary>Puts folders of the fixture side by side into another, as if they had been generated there and now.</summary>
    public static void CopyTo(string folder, params string[] parts)
    {
        string fixture = Path.Combine(Product.Repository, "tests", "Fixtures", "cmake");
        List<string> stamps = [];
        foreach (string file in parts.SelectMany(part => Directory.EnumerateFiles(Path.Combine(fixture, part), "*", SearchOption.AllDirectories)))
        {
            string copy = Path.Combine(folder, Path.GetRelativePath(fixture, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllText(copy, File.ReadAllText(file)
                .Replace("/@ROOT@", folder, StringComparison.Ordinal)
                .Replace(@"\@ROOT@", folder.Replace('/', '\\'), StringComparison.Ordinal)
                .Replace("@VERSION@", Product.Version, StringComparison.Ordinal));
            stamps.AddRange(Path.GetFileName(copy) == "generate.stamp" ? [copy] : []);
        }

        stamps.ForEach(stamp => File.SetLastWriteTimeUtc(stamp, DateTime.UtcNow));
    }
}
