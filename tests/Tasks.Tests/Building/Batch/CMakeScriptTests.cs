using DistBuild.Tasks.Building;
using DistBuild.Tasks.Building.Batch;
using DistBuild.Tasks.Tests.Toolsets;
using DistBuild.Tasks.Toolsets;

namespace DistBuild.Tasks.Tests.Building.Batch;

/// <summary>The batch texts that CMake's Visual Studio generator writes, as text for sh.</summary>
[TestClass]
public sealed class CMakeScriptTests
{
    private const string CMake = @"""C:\Program Files\CMake\bin\cmake.exe""";

    [TestMethod]
    [DataRow(CMake + " -E copy a.txt b.txt", "'{bin}/cmake' '-E' 'copy' 'a.txt' 'b.txt'")]
    [DataRow(@"Z:\tools\cmake.exe -DX=1 -P /x/script.cmake", "'{bin}/cmake' '-DX=1' '-P' '/x/script.cmake'")]
    [DataRow(CMake + @" -E echo ""100%% of it"";"" no more""", "'{bin}/cmake' '-E' 'echo' '100% of it; no more'")]
    [DataRow(CMake + @" -E echo ""say \""hi\"""" 'x'", @"'{bin}/cmake' '-E' 'echo' 'say ""hi""' ''\''x'\'''")]
    [DataRow(CMake + @" -DTOOL=C:/Tools/cmake/bin/cmake.exe -E env A=1 ""C:\Program Files\CMake\bin\cmake.exe"" --version", "'{bin}/cmake' '-DTOOL={bin}/cmake' '-E' 'env' 'A=1' '{bin}/cmake' '--version'")]
    [DataRow("{root\\}\\Debug\\tool.exe in out", "'{root}/Debug/tool.exe' 'in' 'out'")]
    [DataRow("Debug\\tool.exe in out", "'{root}/Debug/tool.exe' 'in' 'out'")]
    [DataRow("Debug\\bare.exe", "'{root}/Debug/bare'")]
    [DataRow(@"C:\Python311\python.exe gen.py", "'{bin}/python3' 'gen.py'")]
    [DataRow("gen --in={root\\}\\a.txt \\d \\no-such-folder\\x", @"'{bin}/gen' '--in={root}/a.txt' '\d' '\no-such-folder\x'")]
    [DataRow(CMake + " -E echo x > out.txt 2>&1", "'{bin}/cmake' '-E' 'echo' 'x' >'out.txt' 2>&1")]
    [DataRow(CMake + @" -E cat < ""in file.txt"" >> {root\}\log.txt last", "'{bin}/cmake' '-E' 'cat' 'last' <'in file.txt' >>'{root}/log.txt'")]
    [DataRow("gen a 1>nul 2>NUL && gen b || gen c", "'{bin}/gen' 'a' 1>'/dev/null' 2>'/dev/null' && '{bin}/gen' 'b' || '{bin}/gen' 'c'")]
    [DataRow("gen a|gen b", "'{bin}/gen' 'a' | '{bin}/gen' 'b'")]
    [DataRow("gen a & gen b", "'{bin}/gen' 'a'\n'{bin}/gen' 'b'")]
    [DataRow("gen a2>b", "'{bin}/gen' 'a2' >'b'")]
    [DataRow("gen \"a\"^&b \"c&d\" ^\"e", "'{bin}/gen' 'a&b' 'c&d' 'e'")]
    [DataRow("echo It's \"done\" > note.txt", @"printf '%s\n' 'It'\''s ""done""' >'note.txt'")]
    [DataRow("cd {root\\}\\sub", "cd '{root}/sub'")]
    [DataRow("cd .", "cd '{root}'")]
    [DataRow("D:", "")]
    [DataRow(@"set PATH=C:\dlls;{root\}\Debug;%PATH%", "PATH='{root}/Debug:'\"$PATH\"")]
    public void A_command_becomes_one_for_sh(string command, string expected)
    {
        using Machine machine = new();

        CMakeScript? script = machine.Read(machine.Fill(command));

        string body = expected.Length == 0 ? "" : machine.Fill(expected) + "\n";
        Assert.AreEqual(new CMakeScript.Runs($"(\n{body}true\n)\n"), script);
    }

    [TestMethod]
    [DataRow("for %%f in ( *.txt ) do type %%f > nul", "needs 'for' of Windows")]
    [DataRow("xcopy a b", "needs 'xcopy' of Windows")]
    [DataRow("gen a && powershell.exe -File x.ps1", "needs 'powershell.exe' of Windows")]
    [DataRow("Debug\\missing.exe", "needs 'missing', which is not there")]
    [DataRow("no-such-program x", "needs 'no-such-program', which is not on PATH")]
    [DataRow(@"""C:\Program Files\Tools\gen.exe"" x", "needs 'gen', which is not on PATH")]
    [DataRow(@"C:\Perl\perl.exe x", "needs 'perl', which is not on PATH")]
    [DataRow("gen %TEMP%", "needs a variable of cmd.exe")]
    [DataRow("gen 100%", "needs a variable of cmd.exe")]
    [DataRow("gen >", "is redirected to nothing")]
    [DataRow("> out.txt", "has no program")]
    public void A_command_only_for_Windows_says_why(string command, string why)
    {
        using Machine machine = new();

        Assert.AreEqual(new CMakeScript.Skipped(command, why), machine.Read(command));
    }

    [TestMethod]
    public void A_program_that_the_build_made_for_Windows_runs_by_wine_where_there_is_one()
    {
        using Machine machine = new();
        machine.Checkout.Add("Debug/cross.exe", "MZ and so on");

        Assert.AreEqual(
            new CMakeScript.Skipped("Debug\\cross.exe x", "needs 'cross', which this build made for Windows, and there is no wine on PATH"),
            machine.Read("Debug\\cross.exe x"));

        machine.Checkout.Add("bin/wine");
        Assert.AreEqual(new CMakeScript.Runs(machine.Fill("(\nWINEDEBUG=\"${WINEDEBUG:--all}\" '{bin}/wine' '{root}/Debug/cross.exe' 'x'\ntrue\n)\n")), machine.Read("Debug\\cross.exe x"));
    }

    [TestMethod]
    public void Without_CMake_on_PATH_it_says_so()
    {
        using Machine machine = new();
        File.Delete(machine.Checkout["bin/cmake"]);

        CommandPlan plan = CommandPlan.For(Frame(CMake + " -E true"), machine.Paths, machine.Environment);

        CommandPlan.Skip skip = Assert.IsInstanceOfType<CommandPlan.Skip>(plan);
        Assert.AreEqual(BuildingDiagnostics.CMakeCommandSkipped, skip.Diagnostic);
        CollectionAssert.AreEqual((string[])[CMake + " -E true", "needs 'cmake', which is not on PATH"], skip.Values);
    }

    [TestMethod]
    public void Commands_run_in_their_order_up_to_the_first_that_fails_and_scripts_do_not_see_each_others_folder()
    {
        using Machine machine = new();
        string text = Frame("cd sub", "gen one", "gen two") + "\r\n" + Frame("gen three");

        Assert.AreEqual(
            new CMakeScript.Runs(machine.Fill("(\ncd '{root}/sub'\n'{bin}/gen' 'one'\n'{bin}/gen' 'two'\ntrue\n)\n(\n'{bin}/gen' 'three'\ntrue\n)\n")),
            machine.Reader.Read(text));
    }

    [TestMethod]
    public void One_command_only_for_Windows_keeps_all_from_running()
    {
        using Machine machine = new();

        Assert.IsInstanceOfType<CMakeScript.Skipped>(machine.Reader.Read(Frame("gen one") + "\r\n" + Frame("gen two", "xcopy a b")));
    }

    [TestMethod]
    [DataRow(CMake + " -S/src -B/build --check-stamp-list CMakeFiles/generate.stamp.list --vs-solution-file /build/x.sln", true)]
    [DataRow(CMake + " -S/src -B/build --check-stamp-file /build/CMakeFiles/generate.stamp", false)]
    public void CMakes_question_about_itself_is_known(string command, bool wholeSolution)
    {
        using Machine machine = new();

        Assert.AreEqual(new CMakeScript.ChecksGeneration(wholeSolution), machine.Read(command));
    }

    [TestMethod]
    [DataRow("setlocal\r\ngen\r\nendlocal")]
    [DataRow("gen\r\n:cmEnd")]
    [DataRow("setlocal\r\ngen\r\n:cmEnd\r\nendlocal")]
    [DataRow("")]
    public void Text_of_another_form_is_not_touched(string text)
    {
        using Machine machine = new();

        Assert.IsNull(machine.Reader.Read(text));
    }

    [TestMethod]
    public void Text_of_another_form_after_a_script_is_not_touched()
    {
        using Machine machine = new();

        Assert.IsNull(machine.Reader.Read(Frame("gen one") + "\r\ngen two"));
    }

    private static string Frame(params string[] commands) => string.Join("\r\n",
    [
        "setlocal",
        .. commands.SelectMany(command => (string[])[command, "if %errorlevel% neq 0 goto :cmEnd"]),
        ":cmEnd",
        "endlocal & call :cmErrorLevel %errorlevel% & goto :cmDone",
        ":cmErrorLevel",
        "exit /b %1",
        ":cmDone",
        "if %errorlevel% neq 0 goto :VCEnd",
    ]);

    /// <summary>A project folder with programs of its own, and a PATH with a few others.</summary>
    private sealed class Machine : IDisposable
    {
        public Machine()
        {
            foreach (string file in (string[])["bin/cmake", "bin/python3", "bin/gen", "Debug/tool.exe", "Debug/bare", "sub/x"])
            {
                Checkout.Add(file);
            }

            Environment["PATH"] = Checkout["bin"];
            Paths = new ProjectPaths(Checkout.Root, Checkout.Root);
            Reader = new CMakeScriptReader(Paths, Environment);
        }

        public Checkout Checkout { get; } = new();

        public Dictionary<string, string> Environment { get; } = [];

        public ProjectPaths Paths { get; }

        public CMakeScriptReader Reader { get; }

        public CMakeScript? Read(string command) => Reader.Read(Frame(command));

        public string Fill(string text) => text
            .Replace("{root\\}", Checkout.Root.Replace('/', '\\'), StringComparison.Ordinal)
            .Replace("{root}", Checkout.Root, StringComparison.Ordinal)
            .Replace("{bin}", Checkout["bin"], StringComparison.Ordinal);

        public void Dispose() => Checkout.Dispose();
    }
}
