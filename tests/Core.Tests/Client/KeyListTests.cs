using System.Reflection;

namespace DistBuild.Core.Tests.Client;

/// <summary>The list of situations in docs/caching.md is whole, and what it says is tested is.</summary>
[TestClass]
public sealed class KeyListTests
{
    private const string NowhereHere = "—", AgentTests = "Agent.Tests: ";

    [TestMethod]
    public void Every_line_of_the_list_is_there_once_and_decided()
    {
        CollectionAssert.AreEqual(Enumerable.Range(1, 94).ToArray(), Rows().Select(row => row.Line).ToArray());
        foreach (Row row in Rows())
        {
            Assert.IsTrue(row.Decision.Split(' ')[0].TrimEnd(':', ';', ',').Split('/').All(letter => letter is "K" or "S" or "R" or "P" or "—"), $"{row.Line}: {row.Decision}");
            Assert.IsGreaterThan(3, row.Situation.Length, $"line {row.Line}");
        }
    }

    [TestMethod]
    public void Every_test_that_the_list_names_exists_and_carries_the_lines_number()
    {
        Dictionary<string, Type> classes = Assembly.GetExecutingAssembly().GetTypes().Where(type => type.GetCustomAttribute<TestClassAttribute>() is not null).ToDictionary(type => type.Name);
        List<string> missing = [];
        foreach (Row row in Rows())
        {
            foreach (string name in row.Tests.Split(", ").Where(name => name != NowhereHere))
            {
                if (name.StartsWith(AgentTests, StringComparison.Ordinal))
                {
                    string file = Path.Combine(Repository(), "tests", "Agent.Tests", "Hosting", name[AgentTests.Length..].Trim('`') + ".cs");
                    Assert.Contains($"_{row.Line}()", File.ReadAllText(file));
                }
                else if (!classes.TryGetValue(name.Trim('`'), out Type? tests) || !tests.GetMethods().Any(method => IsFor(method, row.Line)))
                {
                    missing.Add($"line {row.Line}: {name}");
                }
            }
        }

        Assert.IsEmpty(missing, string.Join("\n", missing));
    }

    [TestMethod]
    public void Every_test_of_the_list_is_named_there()
    {
        ILookup<int, Row> rows = Rows().ToLookup(row => row.Line);
        List<string> unnamed = [];
        foreach (Type tests in Assembly.GetExecutingAssembly().GetTypes().Where(type => type.Name.StartsWith("KeyLinesOf", StringComparison.Ordinal)))
        {
            foreach (MethodInfo method in tests.GetMethods().Where(method => method.GetCustomAttribute<TestMethodAttribute>() is not null))
            {
                unnamed.AddRange(Enumerable.Range(1, 94)
                    .Where(line => IsFor(method, line) && !rows[line].Single().Tests.Contains($"`{tests.Name}`", StringComparison.Ordinal))
                    .Select(line => $"line {line}: {tests.Name}"));
            }
        }

        Assert.IsEmpty(unnamed, string.Join("\n", unnamed));
    }

    private static bool IsFor(MethodInfo method, int line) =>
        method.GetCustomAttribute<TestMethodAttribute>() is not null && method.Name.Split('_').Contains(line.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static List<Row> Rows()
    {
        string[] page = File.ReadAllLines(Path.Combine(Repository(), "docs", "caching.md"));
        return
        [
            .. page.SkipWhile(text => text != "<!-- table lines -->").Select(text => text.Split(" | "))
                .Where(cells => cells.Length == 4 && int.TryParse(cells[0].Trim('|', ' '), out _))
                .Select(cells => new Row(int.Parse(cells[0].Trim('|', ' '), System.Globalization.CultureInfo.InvariantCulture), cells[1], cells[2], cells[3].Trim('|', ' '))),
        ];
    }

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DistBuild.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
    }

    private sealed record Row(int Line, string Situation, string Decision, string Tests);
}
