using DistBuild.Tasks.Building;
using DistBuild.Tasks.Tests.Toolsets;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace DistBuild.Tasks.Tests.Building;

[TestClass]
public sealed class AssignObjectFilesTests : IDisposable
{
    private readonly Checkout _checkout = new();
    private readonly RecordingEngine _engine = new();

    public void Dispose() => _checkout.Dispose();

    [TestMethod]
    [DataRow(@"x64\Debug\", "x64/Debug/a.obj")]
    [DataRow("x64/Debug/named.o", "x64/Debug/named.o")]
    [DataRow("", "a.obj")]
    public void ObjectFileName_is_a_folder_or_a_file(string objectFileName, string expected) =>
        CollectionAssert.AreEqual((string[])[expected], Objects((@"src\a.cpp", objectFileName)));

    [TestMethod]
    public void Sources_of_one_name_get_objects_of_their_own_and_a_message()
    {
        string[] objects = Objects(("one/a.cpp", "obj/"), ("two/a.cpp", "obj/"), ("a.c", "obj/"), ("b.c", "obj/"));

        Assert.HasCount(4, objects.Distinct());
        Assert.AreEqual("obj/a.obj", objects[0]);
        Assert.AreEqual("obj/b.obj", objects[3]);
        CollectionAssert.AreEqual((string[])["DB2301", "DB2301"], _engine.Codes.ToArray());
    }

    [TestMethod]
    public void A_name_does_not_depend_on_the_other_sources()
    {
        string two = Objects(("one/a.cpp", "obj/"), ("two/a.cpp", "obj/"))[1];

        Assert.AreEqual(two, Objects(("zero/a.cpp", "obj/"), ("one/a.cpp", "obj/"), ("two/a.cpp", "obj/"))[2]);
    }

    [TestMethod]
    public void What_is_compiled_is_not_renamed()
    {
        CollectionAssert.AreEqual((string[])["obj/a.obj", "obj/a.obj"], Objects(compiled: true, ("one/a.cpp", "obj/"), ("two/a.cpp", "obj/a.obj")));
        Assert.IsEmpty(_engine.Codes);
    }

    [TestMethod]
    public void Assigning_twice_changes_nothing()
    {
        ITaskItem[] once = Assign(compiled: false, [Item("one/a.cpp", "obj/"), Item("two/a.cpp", "obj/")]);

        CollectionAssert.AreEqual(
            once.Select(item => item.GetMetadata("ObjectFileName")).ToArray(),
            Assign(compiled: false, once).Select(item => item.GetMetadata("ObjectFileName")).ToArray());
    }

    [TestMethod]
    public void Other_metadata_stays()
    {
        TaskItem item = Item("a.cpp", "obj/");
        item.SetMetadata("PreprocessorDefinitions", "A=%3B;B");

        ITaskItem assigned = Assign(compiled: false, [item]).Single();

        Assert.AreEqual("A=%3B;B", ((ITaskItem2)assigned).GetMetadataValueEscaped("PreprocessorDefinitions"));
        Assert.AreEqual("obj", assigned.GetMetadata("ObjectFolder"));
    }

    private string[] Objects(params (string Source, string ObjectFileName)[] items) => Objects(compiled: false, items);

    private string[] Objects(bool compiled, params (string Source, string ObjectFileName)[] items) =>
        [.. Assign(compiled, [.. items.Select(item => Item(item.Source, item.ObjectFileName))]).Select(item => item.GetMetadata("ObjectFileName"))];

    private ITaskItem[] Assign(bool compiled, ITaskItem[] sources)
    {
        using AssignObjectFiles task = new() { BuildEngine = _engine, ProjectDirectory = _checkout.Root, Sources = sources, Compiled = compiled };
        Assert.IsTrue(task.Execute());
        return task.Assigned;
    }

    private static TaskItem Item(string source, string objectFileName) => new(source, new Dictionary<string, string> { ["ObjectFileName"] = objectFileName });
}
