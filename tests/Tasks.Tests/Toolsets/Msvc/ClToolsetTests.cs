using DistBuild.Tasks.Toolsets;
using DistBuild.Tasks.Toolsets.Msvc;
using Microsoft.Build.Utilities;

namespace DistBuild.Tasks.Tests.Toolsets.Msvc;

/// <summary>The command that clang-cl gets on this system for Visual Studio's line.</summary>
[TestClass]
public sealed class ClToolsetTests : IDisposable
{
    private const string Clang = "clang-cl-19 --target=x86_64-pc-windows-msvc", Mingw = "clang-cl-19 --target=x86_64-w64-windows-gnu";

    private readonly Checkout _checkout = new();

    public ClToolsetTests() => Directory.CreateDirectory(_checkout["project"]);

    public void Dispose() => _checkout.Dispose();

    [TestMethod]
    public void Without_a_compiler_here_the_command_is_Visual_Studios_own()
    {
        ToolsetCommand command = Make("", "a.cpp", ("WarningLevel", "Level3"), ("ObjectFileName", @"x64\"));

        Assert.IsNull(command.Reason);
        Assert.AreEqual("cl.exe", command.Unit!.Command.Compiler);
        Assert.AreEqual("/c /W3 /Fox64/ a.cpp", string.Join(' ', command.Unit.Command.Arguments));
        Assert.AreEqual("/c /W3 /Fo\"X64\\\\\"", command.Noted);
        Assert.AreEqual("cl.exe /c /W3 /Fo\"x64\\\\\" a.cpp", command.Unit.Shown!.Line);
        Assert.AreEqual("cl.exe /c /W3 /Fox64/ a.cpp", string.Join(' ', command.Unit.Shown.Arguments));
        Assert.AreEqual(_checkout["project/x64/a.obj"], command.Unit.Object);
    }

    [TestMethod]
    public void Visual_Studios_own_clang_cl_is_left_to_it()
    {
        ToolsetCommand command = new ClToolset(new ClToolsetOptions
        {
            ProjectDirectory = _checkout["project"],
            Root = _checkout.Root,
            ShownProgram = ClToolset.ClangCl,
            Environment = ProcessPath,
        }).Compile(new TaskItem("a.cpp"));

        Assert.AreEqual("clang-cl.exe /c --target=amd64-pc-windows-msvc  a.cpp", command.Unit!.Shown!.Line);
        Assert.Contains("DistBuildClangCl", command.Reason!);
    }

    [TestMethod]
    public void The_line_of_Visual_Studios_clang_is_the_one_that_was_seen_there()
    {
        // Observed: a release build of a project that CMake generated (x64), in a log of Visual Studio 2022.
        const string Seen = "clang-cl.exe /c /nologo /W1 /WX- /diagnostics:column /O2 /Ob2 /D _MBCS /D WIN32 /D _WINDOWS /D NDEBUG /D \"CMAKE_INTDIR=\\\"Release\\\"\" "
            + "/EHsc /MD /GS /fp:precise /GR /std:c++14 /Fo\"mypkg.dir\\Release\\\\\" /Gd /TP --target=amd64-pc-windows-msvc  a.cpp";
        ClToolsetOptions options = new()
        {
            ProjectDirectory = _checkout["project"],
            Root = _checkout.Root,
            ShownProgram = ClToolset.ClangCl,
            Platform = "x64",
            Environment = ProcessPath,
        };

        ToolsetCommand command = Make(
            options, "a.cpp",
            ("SuppressStartupBanner", "true"), ("WarningLevel", "Level1"), ("TreatWarningAsError", "false"), ("DiagnosticsFormat", "Column"), ("Optimization", "MaxSpeed"),
            ("InlineFunctionExpansion", "AnySuitable"), ("PreprocessorDefinitions", "_MBCS;WIN32;_WINDOWS;NDEBUG;CMAKE_INTDIR=\"Release\""), ("ExceptionHandling", "Sync"),
            ("BasicRuntimeChecks", "Default"), ("RuntimeLibrary", "MultiThreadedDLL"), ("BufferSecurityCheck", "true"), ("FloatingPointModel", "Precise"),
            ("TreatWChar_tAsBuiltInType", "true"), ("ForceConformanceInForLoopScope", "true"), ("RemoveUnreferencedCodeData", "true"), ("RuntimeTypeInfo", "true"),
            ("ConformanceMode", "true"), ("LanguageStandard", "stdcpp14"), ("ObjectFileName", @"mypkg.dir\Release\"), ("ProgramDataBaseFileName", @"mypkg.dir\Release\vc143.pdb"),
            ("ExternalWarningLevel", "InheritWarningLevel"), ("CallingConvention", "Cdecl"), ("CompileAs", "CompileAsCpp"), ("AdditionalOptions", ""));

        Assert.AreEqual(Seen, command.Unit!.Shown!.Line);
    }

    [TestMethod]
    public void Paths_of_the_checkout_are_relative_and_in_the_case_of_the_disk()
    {
        _checkout.Add("Include/a.h");
        _checkout.Add("project/Src/A.cpp");

        string arguments = Arguments(Clang, @"SRC\a.cpp", ("AdditionalIncludeDirectories", @"..\INCLUDE"), ("ObjectFileName", @"x64\"), ("ProgramDataBaseFileName", @"x64\a.pdb"));

        Assert.AreEqual("/c /I../Include -Wno-unused-command-line-argument /Fox64/a.obj -- Src/A.cpp", arguments);
    }

    [TestMethod]
    [DataRow(Mingw, "LanguageStandard", "stdcpp20", "/clang:-std=c++20")]
    [DataRow(Mingw, "LanguageStandard", "stdcpplatest", "/clang:-std=c++2b")]
    [DataRow(Mingw, "LanguageStandard_C", "stdc11", "/clang:-std=c11")]
    [DataRow(Mingw, "AdditionalOptions", "/std:c++17 -std:clatest", "/clang:-std=c++17 /clang:-std=c2x")]
    [DataRow(Clang, "LanguageStandard", "stdcpp20", "/std:c++20")]
    [DataRow(Clang, "AdditionalOptions", "-std:c++17", "-std:c++17")]
    public void A_standard_is_said_so_that_clang_cl_hears_it_for_its_target(string compiler, string metadata, string value, string expected) =>
        Assert.Contains(expected, Arguments(compiler, "a.cpp", (metadata, value)));

    [TestMethod]
    public void Folders_of_a_Windows_machine_are_left_out_with_a_note()
    {
        ToolsetCommand command = Make(Clang, "a.cpp", ("AdditionalIncludeDirectories", @"C:\boost;include"));

        Assert.Contains("/Iinclude", command.Unit!.Command.Arguments);
        Assert.IsFalse(command.Unit.Command.Arguments.Any(argument => argument.Contains("boost", StringComparison.Ordinal)));
        Assert.Contains("/IC:\\boost", command.Unit.Shown!.Line);
        Assert.Contains("C:\\boost", command.Notes.Single());
    }

    [TestMethod]
    public void Folders_that_Visual_Studio_hands_over_in_the_environment_are_arguments()
    {
        ToolsetCommand command = Make(
            new ClToolsetOptions
            {
                ProjectDirectory = _checkout["project"],
                Root = _checkout.Root,
                Compiler = Clang,
                IncludePath = @"..\own;C:\none",
                ExternalIncludePath = @"..\other",
                Environment = ProcessPath,
            },
            "a.cpp");

        Assert.Contains("/I../own /external:I../other", string.Join(' ', command.Unit!.Command.Arguments));
        Assert.DoesNotContain("own", command.Unit.Shown!.Line);
    }

    [TestMethod]
    public void Options_keep_their_words_and_their_paths_become_those_of_this_system()
    {
        string arguments = Arguments(Clang, "a.cpp", ("AdditionalOptions", @"/external:I ""sub dir\inc"" -FIall.h /FIsub\all.h @..\more.rsp /D ""X=a\b"" /utf-8"));

        Assert.StartsWith(@"/c /external:I sub dir/inc -FIall.h /FIsub/all.h @../more.rsp /D X=a\b /utf-8 ", arguments);
    }

    [TestMethod]
    public void A_precompiled_header_and_what_includes_it_are_spelled_alike()
    {
        string header = _checkout.Add("project/build/cmake_pch.hxx");

        string arguments = Arguments(
            Clang, "a.cpp", ("PrecompiledHeader", "Use"), ("PrecompiledHeaderFile", header), ("ForcedIncludeFiles", header), ("PrecompiledHeaderOutputFile", @"x64\a.pch"));

        Assert.StartsWith("/c /Yubuild/cmake_pch.hxx /Fpx64/a.pch /FIbuild/cmake_pch.hxx ", arguments);
    }

    [TestMethod]
    [DataRow("EditAndContinue", "/c /Zi ")]
    [DataRow("OldStyle", "/c /Z7 ")]
    public void Edit_and_continue_is_debug_information_like_any_other(string format, string expected) =>
        Assert.StartsWith(expected, Arguments(Clang, "a.cpp", ("DebugInformationFormat", format)));

    [TestMethod]
    public void For_mingw_nothing_asks_for_Visual_Cpps_run_time()
    {
        (string, string)[] metadata =
            [("DebugInformationFormat", "OldStyle"), ("SupportJustMyCode", "true"), ("BufferSecurityCheck", "true"), ("WarningLevel", "Level3"), ("ExternalWarningLevel", "Level3")];

        Assert.StartsWith("/c /Z7 /W3 /GS /GS- /Zl ", Arguments(Mingw, "a.cpp", metadata));
        Assert.StartsWith("/c /Z7 /JMC /W3 /GS /external:W3 ", Arguments(Clang, "a.cpp", metadata));
    }

    [TestMethod]
    [DataRow("a.cpp", "CompileAsManaged", "true")]
    [DataRow("a.cpp", "CompileAsWinRT", "true")]
    [DataRow("a.cpp", "CompileAs", "CompileAsCppModule")]
    [DataRow("a.cpp", "PreprocessToFile", "true")]
    [DataRow("a.ixx", "CompileAs", "Default")]
    public void What_clang_cl_cannot_do_is_shown_and_refused(string source, string metadata, string value)
    {
        ToolsetCommand command = Make(Clang, source, (metadata, value));

        Assert.IsNotNull(command.Reason);
        Assert.EndsWith(source, command.Unit!.Shown!.Line);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(Clang)]
    public void A_value_that_is_not_known_is_refused_and_not_shown(string compiler)
    {
        ToolsetCommand command = Make(compiler, "a.cpp", ("WarningLevel", "Level9"), ("Optimization", "Full"));

        Assert.AreEqual("cl.exe /c /Ox a.cpp", command.Unit!.Shown!.Line);
        Assert.Contains("WarningLevel=Level9", command.Reason!);
    }

    [TestMethod]
    public void A_path_that_is_none_is_a_reason_not_an_exception()
    {
        ToolsetCommand command = Make(Clang, "a.cpp", ("AdditionalIncludeDirectories", "x%00y"));

        Assert.IsNull(command.Unit);
        Assert.Contains("a path among its settings is none", command.Reason!);
    }

    [TestMethod]
    public void Diagnostics_do_not_depend_on_where_the_checkout_lies()
    {
        ToolsetCommand command = Make(Clang, "a.cpp", ("UseFullPaths", "true"));

        Assert.DoesNotContain("/FC", command.Unit!.Command.Arguments);
        Assert.Contains("/FC", command.Unit.Shown!.Arguments);
    }

    [TestMethod]
    public void A_plain_clang_cl_is_found_under_the_version_it_is_installed_as()
    {
        Directory.CreateDirectory(_checkout["bin"]);
        foreach (string name in (string[])["clang-cl-18", "clang-cl-19"])
        {
            File.CreateSymbolicLink(_checkout["bin/" + name], "/bin/sh");
        }

        Dictionary<string, string> environment = new() { ["PATH"] = _checkout["bin"] };

        Assert.AreEqual("clang-cl-19", ClangClDriver.Parse("clang-cl --target=x", _checkout.Root, environment).Program);
        Assert.AreEqual("clang-cl-18", ClangClDriver.Parse("clang-cl-18", _checkout.Root, environment).Program);
        Assert.AreEqual("clang-cl", ClangClDriver.Parse("clang-cl", _checkout.Root, new Dictionary<string, string>()).Program);
    }

    private static Dictionary<string, string> ProcessPath => new() { ["PATH"] = Environment.GetEnvironmentVariable("PATH")! };

    /// <summary>The arguments behind the target.</summary>
    private string Arguments(string compiler, string source, params (string Name, string Value)[] metadata)
    {
        ToolsetCommand command = Make(compiler, source, metadata);
        Assert.IsNull(command.Reason);
        Assert.AreEqual("clang-cl-19", command.Unit!.Command.Compiler);
        Assert.StartsWith("--target=", command.Unit.Command.Arguments[0]);
        return string.Join(' ', command.Unit.Command.Arguments.Skip(1));
    }

    private ToolsetCommand Make(string compiler, string source, params (string Name, string Value)[] metadata) => Make(
        new ClToolsetOptions { ProjectDirectory = _checkout["project"], Root = _checkout.Root, Compiler = compiler, Environment = ProcessPath }, source, metadata);

    private static ToolsetCommand Make(ClToolsetOptions options, string source, params (string Name, string Value)[] metadata)
    {
        TaskItem item = new(source);
        foreach ((string name, string value) in metadata)
        {
            item.SetMetadata(name, value);
        }

        return new ClToolset(options).Compile(item);
    }
}
