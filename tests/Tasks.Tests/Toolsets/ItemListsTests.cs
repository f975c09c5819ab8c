using DistBuild.Tasks.Toolsets;
using Microsoft.Build.Utilities;

namespace DistBuild.Tasks.Tests.Toolsets;

[TestClass]
public sealed class ItemListsTests
{
    [TestMethod]
    [DataRow("A;B=1", "A|B=1")]
    [DataRow(" A ;\r\n B ;; ", "A|B")]
    [DataRow("A;%(PreprocessorDefinitions)", "A")]
    [DataRow("%(ClCompile.Other);A", "A")]
    [DataRow("A%(X)B%(Y.Z)C", "ABC")]
    [DataRow("%();50%(;%(a b);%(X", "%()|50%(|%(a b)|%(X")]
    [DataRow("LIST=\"a%3bb\";C", "LIST=\"a;b\"|C")]
    [DataRow("RATE=50%25;X", "RATE=50%|X")]
    [DataRow("100%;%zz;%4", "100%|%zz|%4")]
    [DataRow("", "")]
    public void A_list_is_split_before_its_escapes_are_read(string escaped, string items) =>
        Assert.AreEqual(items, string.Join("|", ItemLists.Split(escaped)));

    [TestMethod]
    public void An_item_gives_its_escapes_and_empty_text_for_what_it_lacks()
    {
        TaskItem item = new("a.cpp");
        item.SetMetadata("PreprocessorDefinitions", "A=\"x%3By\";B");

        Assert.AreEqual("A=\"x%3By\";B", ItemLists.Escaped(item, "PreprocessorDefinitions"));
        Assert.AreEqual("", ItemLists.Escaped(item, "Optimization"));
    }
}
