namespace DistBuild.Tasks.Tests.Toolsets.Gcc;

[TestClass]
public sealed class CommandLinesDocumentTests
{
    /// <summary>With DISTBUILD_UPDATE_DOCS=1 in the environment the document is written anew instead.</summary>
    [TestMethod]
    public void The_document_has_the_tables_of_the_code()
    {
        string path = Path.Combine(RepositoryRoot(), "docs", "command-lines.md");
        string document = File.ReadAllText(path);
        string renewed = document;
        foreach ((string name, string text) in CommandLinesDocument.Tables)
        {
            renewed = Replace(renewed, $"<!-- table {name} -->\n", $"\n<!-- end {name} -->", text);
        }

        if (Environment.GetEnvironmentVariable("DISTBUILD_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, renewed);
            return;
        }

        Assert.AreEqual(renewed, document, "Run this test with DISTBUILD_UPDATE_DOCS=1 to bring the document into step.");
    }

    private static string Replace(string document, string begin, string end, string text)
    {
        int from = document.IndexOf(begin, StringComparison.Ordinal);
        Assert.IsGreaterThanOrEqualTo(0, from, begin);
        int to = document.IndexOf(end, from, StringComparison.Ordinal);
        Assert.IsGreaterThanOrEqualTo(0, to, end);
        return document[..(from + begin.Length)] + text + document[to..];
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DistBuild.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not lie in the repository.");
    }
}
