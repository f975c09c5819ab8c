using DistBuild.Core.Tests.Hashing;
using DistBuild.Core.Units.Records;

namespace DistBuild.Core.Tests.Records;

[TestClass]
public sealed class BuildRecordsTests
{
    [TestMethod]
    public void A_unit_is_up_to_date_in_this_build_and_in_the_next()
    {
        using Project project = Built(out BuildRecords records);

        Assert.IsNull(project.WhyOutOfDate(records, "a"));
        Assert.IsNull(project.WhyOutOfDate("a"));
        Assert.IsNull(project.WhyOutOfDate("b"));
    }

    [TestMethod]
    public void A_unit_nobody_recorded_was_never_compiled()
    {
        using Project project = Built(out _);

        Assert.AreEqual("never compiled", project.WhyOutOfDate("c"));
    }

    [TestMethod]
    public void A_touched_header_makes_exactly_its_users_out_of_date()
    {
        using Project project = Built(out _);

        File.SetLastWriteTimeUtc(project["src/b.h"], DateTime.UtcNow);

        Assert.IsNull(project.WhyOutOfDate("a"));
        Assert.AreEqual($"{project["src/b.h"]} changed", project.WhyOutOfDate("b"));
    }

    [TestMethod]
    public void A_header_replaced_by_an_older_one_is_a_change_too()
    {
        using Project project = Built(out _);

        File.SetLastWriteTimeUtc(project["src/both.h"], DateTime.UtcNow.AddYears(-1));

        Assert.AreEqual($"{project["src/both.h"]} changed", project.WhyOutOfDate("a"));
        Assert.AreEqual($"{project["src/both.h"]} changed", project.WhyOutOfDate("b"));
    }

    [TestMethod]
    public void A_header_of_the_same_time_and_another_size_is_a_change()
    {
        using Project project = Built(out _);

        File.AppendAllText(project["src/b.h"], "more");
        File.SetLastWriteTimeUtc(project["src/b.h"], Clock.LongAgo);

        Assert.AreEqual($"{project["src/b.h"]} changed", project.WhyOutOfDate("b"));
    }

    [TestMethod]
    public void A_deleted_header_is_gone()
    {
        using Project project = Built(out _);

        File.Delete(project["src/b.h"]);

        Assert.AreEqual($"{project["src/b.h"]} is gone", project.WhyOutOfDate("b"));
    }

    [TestMethod]
    public void A_file_recorded_as_absent_is_a_change_when_it_appears()
    {
        using Project project = Built(out BuildRecords records);
        project.Compile(records, "a", "cc", "src/a.cpp", "include/shadow.h");
        Assert.IsNull(project.WhyOutOfDate(records, "a"));

        project.Write("include/shadow.h", "");

        Assert.AreEqual($"{project["include/shadow.h"]} appeared", project.WhyOutOfDate(records, "a"));
    }

    [TestMethod]
    public void Another_command_is_a_change()
    {
        using Project project = Built(out _);

        Assert.AreEqual("the command changed", project.WhyOutOfDate("a", "cc -O2"));
    }

    [TestMethod]
    public void A_deleted_object_is_missing()
    {
        using Project project = Built(out _);

        File.Delete(project["obj/a.o"]);

        Assert.AreEqual("a.o is missing", project.WhyOutOfDate("a"));
        Assert.IsNull(project.WhyOutOfDate("b"));
    }

    [TestMethod]
    public void An_object_that_someone_else_wrote_is_not_ours()
    {
        using Project project = Built(out _);

        File.AppendAllText(project["obj/a.o"], "x");

        Assert.AreEqual("a.o changed since it was written", project.WhyOutOfDate("a"));
    }

    [TestMethod]
    public void An_edit_during_the_compile_compiles_again_next_time()
    {
        using Project project = Built(out BuildRecords records);
        DateTime started = DateTime.UtcNow;
        File.WriteAllText(project["src/b.h"], "edited");
        Clock.WaitUntilSettled(project["src/b.h"]);
        File.WriteAllText(project["obj/b.o"], "of the old header or of the new one");

        records.Record(project["obj/b.o"], Project.Command("cc"), [project["src/b.cpp"], project["src/b.h"]], started, new FileStamps());
        records.Save();

        Assert.AreEqual($"{project["src/b.h"]} may have changed while it was compiled", project.WhyOutOfDate("b"));
    }

    [TestMethod]
    public void An_edit_during_the_compile_that_sets_its_time_back_is_seen_all_the_same()
    {
        using Project project = Built(out BuildRecords records);
        DateTime started = DateTime.UtcNow;
        project.Write("src/b.h", "edited");
        File.WriteAllText(project["obj/b.o"], "of the old header or of the new one");

        records.Record(project["obj/b.o"], Project.Command("cc"), [project["src/b.h"]], started, new FileStamps());

        Assert.AreEqual($"{project["src/b.h"]} may have changed while it was compiled", project.WhyOutOfDate(records, "b"));
    }

    [TestMethod]
    public void An_edit_after_this_build_looked_at_a_file_is_a_change_of_the_next_build()
    {
        using Project project = Built(out BuildRecords records);
        FileStamps stamps = new();
        Assert.IsNull(records.WhyOutOfDate(project["obj/b.o"], Project.Command("cc"), stamps));
        DateTime started = DateTime.UtcNow;
        File.WriteAllText(project["src/b.h"], "edited");
        File.WriteAllText(project["obj/b.o"], "of the old header or of the new one");

        records.Record(project["obj/b.o"], Project.Command("cc"), [project["src/b.h"]], started, stamps);

        Assert.AreEqual($"{project["src/b.h"]} changed", project.WhyOutOfDate(records, "b"));
    }

    [TestMethod]
    public void A_unit_whose_compile_failed_is_forgotten()
    {
        using Project project = Built(out BuildRecords records);

        records.Forget(project["obj/a.o"]);
        records.Save();

        Assert.AreEqual("never compiled", project.WhyOutOfDate(records, "a"));
        Assert.AreEqual("never compiled", project.WhyOutOfDate("a"));
    }

    [TestMethod]
    public void A_unit_without_an_object_is_not_recorded()
    {
        using Project project = Built(out BuildRecords records);

        records.Record(project["obj/none.o"], Project.Command("cc"), [project["src/a.cpp"]], DateTime.UtcNow, new FileStamps());

        Assert.AreEqual("never compiled", project.WhyOutOfDate(records, "none"));
    }

    [TestMethod]
    public void Each_file_is_looked_at_once_however_many_units_read_it()
    {
        using Project project = new();
        BuildRecords records = project.Load();
        string[] headers = [.. Enumerable.Range(0, 30).Select(i => $"src/{i}.h")];
        foreach (string file in (string[])[.. headers, .. Enumerable.Range(0, 100).Select(i => $"src/u{i}.cpp")])
        {
            Directory.CreateDirectory(project["src"]);
            File.WriteAllText(project[file], "");
        }

        project.Write("src/last", "");
        for (int i = 0; i < 100; i++)
        {
            project.Compile(records, $"u{i}", "cc", [$"src/u{i}.cpp", .. headers]);
        }

        records.Save();
        BuildRecords loaded = project.Load();
        FileStamps stamps = new();
        for (int i = 0; i < 100; i++)
        {
            Assert.IsNull(loaded.WhyOutOfDate(project[$"obj/u{i}.o"], Project.Command("cc"), stamps));
        }

        Assert.AreEqual(100 + 100 + 30, stamps.Looks);
    }

    [TestMethod]
    public void A_file_that_this_build_wrote_is_looked_at_again()
    {
        using Project project = Built(out BuildRecords records);
        FileStamps stamps = new();
        Assert.IsNull(records.WhyOutOfDate(project["obj/b.o"], Project.Command("cc"), stamps));
        project.Write("src/b.h", "generated by this build");

        stamps.Refresh(project["src/b.h"]);

        Assert.AreEqual($"{project["src/b.h"]} changed", records.WhyOutOfDate(project["obj/b.o"], Project.Command("cc"), stamps));
    }

    /// <summary>Two compiled units: a reads a.cpp and both.h, b reads b.cpp, b.h and both.h.</summary>
    internal static Project Built(out BuildRecords records)
    {
        Project project = new();
        foreach (string file in (string[])["src/a.cpp", "src/b.cpp", "src/b.h", "src/both.h"])
        {
            project.Write(file, $"text of {file}");
        }

        records = project.Load();
        project.Compile(records, "a", "cc", "src/a.cpp", "src/both.h");
        project.Compile(records, "b", "cc", "src/b.cpp", "src/b.h", "src/both.h");
        Assert.IsNull(records.Save());
        return project;
    }
}
