using System.Reflection;
using System.Text.RegularExpressions;
using DistBuild.Tasks.Building;

namespace DistBuild.Tasks.Tests.Building;

[TestClass]
public sealed class DiagnosticCodesTests
{
    private static readonly Regex Code = new(@"\bDB2\d\d\d\b");

    private static readonly BuildingDiagnostic[] Raised =
        [.. typeof(BuildingDiagnostics).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<BuildingDiagnostic>()];

    [TestMethod]
    public void Every_code_is_used_once()
    {
        string[] codes = [.. Raised.Select(diagnostic => diagnostic.Code), .. BuildingDiagnostics.RaisedByTargets];

        CollectionAssert.AllItemsAreUnique(codes);
        Assert.IsEmpty(codes.Where(code => !Code.IsMatch(code)));
    }

    [TestMethod]
    public void The_targets_raise_exactly_the_codes_that_are_listed_for_them()
    {
        string targets = Path.Combine(Repository(), "targets", "vc");
        string[] used = [.. Directory.EnumerateFiles(targets, "*", SearchOption.AllDirectories)
            .SelectMany(file => Code.Matches(File.ReadAllText(file)).Cast<Match>())
            .Select(match => match.Value)
            .Distinct()
            .Order(StringComparer.Ordinal)];

        CollectionAssert.AreEqual(BuildingDiagnostics.RaisedByTargets.ToArray(), used);
    }

    private static string Repository()
    {
        string? folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder!, "DistBuild.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder!;
    }
}
