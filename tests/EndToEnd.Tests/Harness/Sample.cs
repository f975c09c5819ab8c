namespace DistBuild.EndToEnd.Tests.Harness;

/// <summary>The sample solution: an application, a DLL, static libraries, C and C++, a precompiled header, googletest's own sources and unit tests.</summary>
internal static class Sample
{
    public const int Units = 61;

    public const string Solution = "Workbench.sln";

    /// <summary>Where Debian's package googletest has the sources.</summary>
    private const string GoogleTest = "/usr/src/googletest/googletest";

    /// <summary>Puts the sample and the sources of googletest where the sample looks for them.</summary>
    public static void CopyTo(string folder)
    {
        Copy(Path.Combine(Product.Repository, "samples", "Workbench"), folder);
        Copy(GoogleTest, Path.Combine(folder, "third_party", "googletest"));
    }

    /// <summary>Fails unless the application and the unit tests of the sample do what they should.</summary>
    public static async Task MustRunAsync(Developer developer, string configuration)
    {
        string built = developer.PathOf(Path.Combine("x64", configuration));
        ProgramResult tour = (await developer.RunAsync(Path.Combine(built, "Workbench"), "tour")).MustSucceed();
        Assert.Contains("determinant -1, solution 2 3 -1", tour.Printed);
        Assert.Contains("x^2 + x - 2 has the roots -2 1; pi is about 355/113", tour.Printed);
        ProgramResult tests = (await developer.RunAsync(Path.Combine(built, "WorkbenchTests"))).MustSucceed();
        Assert.Contains("[  PASSED  ] 73 tests.", tests.Printed);
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
