using DistBuild.Tasks.Tracking;
using DistBuild.Tests.Shared;

namespace DistBuild.Tasks.Tests.Tracking;

/// <summary>The golden files under tests/Fixtures/tracking were written by hand after the format, not by the product.</summary>
[TestClass]
public sealed class TrackingLogsTests : IDisposable
{
    private static readonly string[] Names = ["CL.command.1.tlog", "CL.read.1.tlog", "CL.write.1.tlog"];

    private readonly TemporaryFolder _folder = new();

    private TrackingLogs Logs => new(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void New_logs_are_what_Visual_Studio_writes_byte_for_byte()
    {
        const string Options = @"/c /ID:\INC /nologo ", Outputs = @" /Fp""X64\DEBUG\APP.PCH"" /Fo""X64\DEBUG\\""";
        const string Source = @"C:\app\src\pch.cpp", User = @"C:\app\src\a.cpp", Strange = @"C:\app\src\über mass.cpp";
        const string Header = @"C:\app\src\pch.h", Precompiled = @"C:\app\x64\Debug\app.pch";

        Logs.Update(
            [
                new(Source, @"C:\app\x64\Debug\pch.obj", Options + @"/Yc""PCH.H""" + Outputs, [Source, Header, @"D:\inc\vector"], [@"C:\app\x64\Debug\pch.obj", Precompiled]),
                new(User, @"C:\app\x64\Debug\a.obj", Options + @"/Yu""PCH.H""" + Outputs, [Source.Replace("pch.cpp", "a.cpp", StringComparison.Ordinal), Header, Precompiled, @"C:\app\src\a.h", @"C:\app\src\A.H"], [@"C:\app\x64\Debug\a.obj"]),
                new(Strange, @"C:\app\x64\Debug\über mass.obj", "/c", [Strange], [@"C:\app\x64\Debug\über mass.obj"]),
            ],
            []);

        MustBe("new");
    }

    [TestMethod]
    public void Entries_of_other_sources_stay_and_ours_are_replaced_taken_apart_or_removed()
    {
        CopyFixture("before");

        Logs.Update(
            [
                new(@"C:\app\src\a.cpp", @"C:\app\x64\Debug\a.obj", "/c /O2", [@"C:\app\src\a.h"], [@"C:\app\x64\Debug\a.obj"]),
                new(@"C:\app\src\old.cpp", @"C:\app\x64\Debug\old.obj", "/c /DNEW", [@"C:\app\src\old.h"], [@"C:\app\x64\Debug\old.obj"]),
            ],
            [@"C:\app\src\fails.cpp"]);

        MustBe("after");
    }

    [TestMethod]
    public void What_is_already_said_is_not_written_again()
    {
        TrackedUnit unit = new(@"C:\a.cpp", @"C:\a.obj", "/c", [@"C:\a.h"], [@"C:\a.obj"]);
        Logs.Update([unit], []);
        DateTime then = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Array.ForEach(Names, name => File.SetLastWriteTimeUtc(_folder[name], then));

        Logs.Update([unit], [@"C:\never.cpp"]);

        Assert.IsTrue(Array.TrueForAll(Names, name => File.GetLastWriteTimeUtc(_folder[name]) == then));
    }

    [TestMethod]
    public void A_unit_whose_inputs_nobody_knows_has_no_entry_so_that_it_counts_as_out_of_date()
    {
        TrackedUnit unit = new(@"C:\a.cpp", @"C:\a.obj", "/c", [@"C:\a.h"], [@"C:\a.obj"]);
        Logs.Update([unit], []);
        Assert.IsTrue(Logs.Know([@"c:\A.cpp"]));

        Logs.Update([unit with { Reads = null }], []);

        Assert.IsFalse(Logs.Know([unit.Source]));
        Assert.AreEqual(2, new FileInfo(_folder["CL.read.1.tlog"]).Length, "nothing but the byte order mark");
    }

    [TestMethod]
    public void One_source_with_two_objects_has_one_entry_with_both()
    {
        Logs.Update([new(@"C:\a.cpp", @"C:\1\a.obj", "/c /O1", [@"C:\a.h"], [@"C:\1\a.obj"]), new(@"C:\a.cpp", @"C:\2\a.obj", "/c /O2", [@"C:\b.h"], [@"C:\2\a.obj"])], []);

        Assert.AreEqual("^C:\\A.CPP\r\nC:\\A.H\r\nC:\\B.H\r\n", File.ReadAllText(_folder["CL.read.1.tlog"]));
        Assert.AreEqual("^C:\\A.CPP\r\nC:\\1\\A.OBJ\r\nC:\\2\\A.OBJ\r\n", File.ReadAllText(_folder["CL.write.1.tlog"]));
    }

    [TestMethod]
    public void A_source_that_once_succeeds_and_once_fails_has_no_entry()
    {
        Logs.Update([new(@"C:\a.cpp", @"C:\a.obj", "/c", [@"C:\a.h"], [@"C:\a.obj"])], [@"C:\a.cpp"]);

        Assert.IsFalse(File.Exists(_folder["CL.read.1.tlog"]));
    }

    [TestMethod]
    [DataRow(new byte[] { })]
    [DataRow(new byte[] { 0xFF, 0xFE })]
    [DataRow(new byte[] { 0xFF, 0xFE, 0x5E })]
    [DataRow(new byte[] { 1, 2, 3, 0, 0xFF, 0xFE, 10, 13, 10 })]
    public void Damage_before_the_first_source_is_dropped(byte[] damage)
    {
        Array.ForEach(Names, name => File.WriteAllBytes(_folder[name], damage));

        Logs.Update([new(@"C:\a.cpp", @"C:\a.obj", "/c", [], [@"C:\a.obj"])], []);

        Assert.EndsWith("^C:\\A.CPP\r\nC:\\A.OBJ\r\n", File.ReadAllText(_folder["CL.write.1.tlog"]));
        Assert.DoesNotContain("\u0001", File.ReadAllText(_folder["CL.write.1.tlog"]));
    }

    [TestMethod]
    public void A_log_that_cannot_be_written_is_an_error_and_leaves_nothing_half_written()
    {
        Directory.CreateDirectory(_folder["CL.write.1.tlog"]);

        Assert.Throws<Exception>(() => Logs.Update([new(@"C:\a.cpp", @"C:\a.obj", "/c", [], [@"C:\a.obj"])], []));

        Assert.IsEmpty(Directory.EnumerateFiles(_folder.Path, "*.tmp"));
        Assert.IsFalse(File.Exists(_folder["CL.command.1.tlog"]), "the log that says which sources are known comes last");
    }

    [TestMethod]
    public void The_list_of_objects_is_Visual_Studios_and_keeps_what_others_put_there()
    {
        CopyFixture("before");

        ItemsLog.Remove(_folder.Path, [@"C:\app\src\Über maß.cpp"]);
        ItemsLog.Add(_folder.Path, [(@"C:\app\src\Über maß.cpp", @"C:\app\x64\Debug\Über maß.obj")]);

        CollectionAssert.AreEqual(Fixture("after", ItemsLog.Name), File.ReadAllBytes(_folder[ItemsLog.Name]));
    }

    [TestMethod]
    public void What_is_taken_out_of_the_list_of_objects_is_gone_with_all_its_objects()
    {
        ItemsLog.Add(_folder.Path, [("/a.cpp", "/1/a.obj"), ("/b.cpp", "/b.obj"), ("/a.cpp", "/2/a.obj")]);

        ItemsLog.Remove(_folder.Path, ["/a.cpp"]);

        Assert.AreEqual("/b.cpp;/b.obj\n", File.ReadAllText(_folder[ItemsLog.Name]));
    }

    private void MustBe(string golden)
    {
        foreach (string name in Names)
        {
            byte[] expected = Fixture(golden, name), actual = File.ReadAllBytes(_folder[name]);
            Assert.AreEqual(System.Text.Encoding.Unicode.GetString(expected), System.Text.Encoding.Unicode.GetString(actual), name);
            CollectionAssert.AreEqual(expected, actual, name);
        }
    }

    private void CopyFixture(string fixture)
    {
        foreach (string name in Names.Append(ItemsLog.Name))
        {
            File.WriteAllBytes(_folder[name], Fixture(fixture, name));
        }
    }

    private static byte[] Fixture(string folder, string name)
    {
        string repository = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(repository, "DistBuild.sln")))
        {
            repository = Path.GetDirectoryName(repository)!;
        }

        return File.ReadAllBytes(Path.Combine(repository, "tests", "Fixtures", "tracking", folder, name));
    }
}
