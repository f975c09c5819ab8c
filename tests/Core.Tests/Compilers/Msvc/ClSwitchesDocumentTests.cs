using DistBuild.Core.Compilers.Gcc;
using DistBuild.Core.Compilers.Msvc;

namespace DistBuild.Core.Tests.Compilers.Msvc;

/// <summary>docs/command-lines.md has the table of cl's switches as the code has it.</summary>
[TestClass]
public sealed class ClSwitchesDocumentTests
{
    private const string Begin = "<!-- table switches -->\n", End = "\n<!-- end switches -->";

    /// <summary>With DISTBUILD_UPDATE_DOCS=1 in the environment the document is written anew instead.</summary>
    [TestMethod]
    public void The_document_has_the_switches_of_the_code()
    {
        string path = Path.Combine(RepositoryRoot(), "docs", "command-lines.md");
        string document = File.ReadAllText(path);
        int from = document.IndexOf(Begin, StringComparison.Ordinal), to = document.IndexOf(End, StringComparison.Ordinal);
        Assert.IsTrue(from >= 0 && to > from, "the document has a place for the table");
        string renewed = document[..(from + Begin.Length)] + Table() + document[to..];
        if (Environment.GetEnvironmentVariable("DISTBUILD_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, renewed);
            return;
        }

        Assert.AreEqual(renewed, document, "Run this test with DISTBUILD_UPDATE_DOCS=1 to bring the document into step.");
    }

    private static string Table()
    {
        ClOption[] clang = [.. ClDialect.ClangCl.Switches], cl = [.. ClDialect.Cl.Switches];
        IEnumerable<string> rows =
        [
            .. Rows(clang.Intersect(cl), ""),
            .. Rows(clang.Except(cl), "clang-cl: "),
            .. Rows(cl.Except(clang), "cl.exe: "),
        ];
        return "| To the cache | Switches |\n| --- | --- |\n" + string.Join('\n', rows);
    }

    private static IEnumerable<string> Rows(IEnumerable<ClOption> options, string dialect) => options
        .GroupBy(option => (option.Role, option.Why))
        .OrderBy(group => group.Key.Role)
        .Select(group => $"| {dialect}{Meaning(group.Key.Role, group.Key.Why)} | {string.Join(' ', group.Select(Spelling))} |");

    private static string Meaning(ClRole role, string why) => role switch
    {
        ClRole.Key => "a word of every key",
        ClRole.Preprocessor => "a word of the direct key; its effect is in a preprocessed text",
        ClRole.Unread => "not in the key",
        ClRole.Notes => "a word of every key; keeps the unit from agents, which have not the files to list",
        ClRole.Object => "names the object",
        ClRole.Compile => "compiles",
        ClRole.Language => "the language of every source",
        ClRole.Source => "a source",
        ClRole.Precompiled => "precompiled headers",
        ClRole.Passed => "read as clang reads its own command line",
        ClRole.Linker => "compiled here: what follows is the linker's",
        ClRole.NoObject => "not a compilation",
        _ => "compiled here: " + why,
    };

    private static string Spelling(ClOption option) => option.Form switch
    {
        OptionForm.Alone => $"`{option.Name}`",
        OptionForm.Joined => $"`{option.Name}…`",
        OptionForm.Separate => $"`{option.Name} …`",
        _ => $"`{option.Name}[ ]…`",
    };

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
