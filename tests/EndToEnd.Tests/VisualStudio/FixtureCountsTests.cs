using System.IO.Compression;
using DistBuild.EndToEnd.Tests.Harness;

namespace DistBuild.EndToEnd.Tests.VisualStudio;

/// <summary>Of each fixture so many units are taken, cannot be cached, or are left, as the table of <c>docs/visual-studio.md</c> says.</summary>
[TestClass]
public sealed class FixtureCountsTests
{
    public static IEnumerable<object[]> Rows =>
        File.ReadLines(Path.Combine(Product.Repository, "docs", "visual-studio.md"))
            .SkipWhile(line => line != "<!-- table counts -->").TakeWhile(line => line != "<!-- end counts -->")
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 8 && int.TryParse(cells[4], out _))
            .Select(cells => (object[])[cells[1].Trim('`'), cells[2], cells[3], int.Parse(cells[4]), int.Parse(cells[5]), int.Parse(cells[6])]);

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public async Task As_many_units_are_taken_as_the_page_says(string project, string configuration, string compiler, int taken, int notCacheable, int left)
    {
        using Developer developer = new();
        developer.UsePortableTargets();
        string fixture = Copy(project, developer);
        string package = developer.PathOf("../package");
        ZipFile.ExtractToDirectory(Product.Package, package);
        foreach (string file in (string[])["props", "targets"])
        {
            developer.Write($"Directory.Build.{file}", $"""<Project><Import Project="{package}/build/native/DistBuild.{file}" /></Project>""");
        }

        string[] arguments = ["-m", $"-p:Configuration={configuration}", "-p:Platform=x64", .. compiler == "clang-cl" ? ["-p:PlatformToolset=ClangCL"] : (string[])[]];
        BuildReport report = (await developer.BuildAsync(fixture, arguments)).MustSucceed().Report;

        (string, int)[] expected = [("taken", taken), ("notCacheable", notCacheable), ("leftToProject", left)];
        (string, int)[] counts =
        [
            .. report.Units.GroupBy(unit => unit.Outcome is "compiledLocally" or "localHit" ? "taken" : unit.Outcome).Select(group => (group.Key, group.Count())),
        ];
        CollectionAssert.AreEquivalent(expected.Where(one => one.Item2 > 0).ToArray(), counts, report.Printed);
    }

    [TestMethod]
    public void The_page_has_a_row_for_every_folder_of_fixtures_that_can_be_built()
    {
        string fixtures = Path.Combine(Product.Repository, "tests", "Fixtures");
        string[] folders = [.. Directory.GetDirectories(Path.Combine(fixtures, "portable")).Select(folder => "portable/" + Path.GetFileName(folder)), "cmake/solution"];
        string[] listed = [.. Rows.Select(row => string.Join('/', ((string)row[0]).Split('/')[..2])).Distinct()];

        // It is there for the lines that Visual Studio would run, and has sources that no compiler takes.
        CollectionAssert.AreEquivalent(folders.Where(folder => folder != "portable/cl-lines").ToArray(), listed);
    }

    /// <summary>Copies what a project needs; the project as the copy has it.</summary>
    private static string Copy(string project, Developer developer)
    {
        string[] parts = project.Split('/');
        if (parts[0] == "cmake")
        {
            CMakeFixture.CopyTo(developer.Folder, "source", "solution");
            return project["cmake/".Length..];
        }

        string folder = Path.Combine(Product.Repository, "tests", "Fixtures", parts[0], parts[1]);
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            developer.Write(Path.GetRelativePath(folder, file), File.ReadAllText(file));
        }

        return string.Join('/', parts[2..]);
    }
}
