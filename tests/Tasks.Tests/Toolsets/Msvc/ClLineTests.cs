using DistBuild.Tasks.Toolsets.Msvc;

namespace DistBuild.Tasks.Tests.Toolsets.Msvc;

[TestClass]
public sealed class ClLineTests
{
    [TestMethod]
    [DataRow(@"..\include", @"/I..\include")]
    [DataRow(@"C:\x\", @"/IC:\x\")]
    [DataRow(@"my-lib\include", @"/I""my-lib\include""")]
    [DataRow(@"my lib\", @"/I""my lib\\""")]
    [DataRow(@"""my lib""", @"/I""my lib""")]
    [DataRow(@"..\a+b=c_d", @"/I..\a+b=c_d")]
    [DataRow(@"(x86)", @"/I""(x86)""")]
    [DataRow(@"größe", @"/I""größe""")]
    [DataRow(@" one ;; two ", @"/Ione /Itwo")]
    [DataRow(@"same;same", @"/Isame /Isame")]
    public void Items_of_a_list_are_quoted_unless_every_character_is_plain(string folders, string expected) =>
        Assert.AreEqual(expected, Lines.Recorded(("AdditionalIncludeDirectories", folders)));

    [TestMethod]
    [DataRow("NDEBUG", "/D NDEBUG")]
    [DataRow("_WIN32_WINNT=0x0601", "/D _WIN32_WINNT=0x0601")]
    [DataRow("CMAKE_INTDIR=\"Debug\"", "/D \"CMAKE_INTDIR=\\\"Debug\\\"\"")]
    [DataRow("NAME=\\\"quoted\\\"", "/D \"NAME=\\\\\\\"quoted\\\\\\\"\"")]
    [DataRow("A-B", "/D \"A-B\"")]
    [DataRow("X=a%3Bb", "/D \"X=a;b\"")]
    public void Macros_have_a_blank_before_them_and_escaped_quotes_inside(string macro, string expected) =>
        Assert.AreEqual(expected, Lines.Recorded(("PreprocessorDefinitions", macro)));

    [TestMethod]
    [DataRow(@"x64\Debug\", @"/Fo""x64\Debug\\""")]
    [DataRow(@"x64\Debug\\", @"/Fo""x64\Debug\\""")]
    [DataRow(@"x64\a.obj", @"/Fo""x64\a.obj""")]
    [DataRow(@"""x64\a.obj""", @"/Fo""x64\a.obj""")]
    [DataRow("x64/Debug/", @"/Fo""x64\Debug\\""")]
    [DataRow("/tmp/x/Debug/", @"/Fo""/tmp/x/Debug/""")]
    public void Texts_are_always_quoted_and_a_last_backslash_is_doubled(string objectFile, string expected) =>
        Assert.AreEqual(expected, Lines.Recorded(("ObjectFileName", objectFile)));

    [TestMethod]
    public void Additional_options_stand_last_as_they_are()
    {
        string line = Lines.Recorded(("AdditionalOptions", " /utf-8  /external:I \"C:/a b\" "), ("TreatSpecificWarningsAsErrors", "4013"), ("UseFullPaths", "true"));

        Assert.AreEqual("/FC /we4013  /utf-8  /external:I \"C:/a b\" ", line);
    }

    [TestMethod]
    [DataRow("CompileAsCpp", "/std:c++17 /TP")]
    [DataRow("CompileAsC", "/std:c11 /TC")]
    [DataRow("", "/std:c++17 /std:c11")]
    public void Each_language_has_its_own_standard(string compileAs, string expected) =>
        Assert.AreEqual(expected, Lines.Recorded(("CompileAs", compileAs), ("LanguageStandard", "stdcpp17"), ("LanguageStandard_C", "stdc11")));

    [TestMethod]
    [DataRow("Level3", "/W3 /external:W3")]
    [DataRow("EnableAllWarnings", "/Wall /external:W4")]
    [DataRow("TurnOffAllWarnings", "/W0 /external:W0")]
    [DataRow("", "")]
    public void Warnings_in_external_headers_follow_those_of_the_project(string level, string expected) =>
        Assert.AreEqual(expected, Lines.Recorded(("WarningLevel", level), ("ExternalWarningLevel", "InheritWarningLevel")));

    [TestMethod]
    [DataRow("ProgramDatabase", "false", "/Zi /JMC")]
    [DataRow("None", "false", "")]
    [DataRow("", "false", "")]
    [DataRow("ProgramDatabase", "true", "/Zi /clr")]
    public void Just_my_code_needs_debug_information_of_native_code(string format, string managed, string expected) =>
        Assert.AreEqual(expected, Lines.Recorded(("DebugInformationFormat", format), ("SupportJustMyCode", "true"), ("CompileAsManaged", managed)));

    [TestMethod]
    [DataRow(ClRule.VisualStudio2015, "/Zc:wchar_t")]
    [DataRow(ClRule.VisualStudio2017, "/permissive- /Zc:wchar_t /std:c++17")]
    [DataRow(ClRule.VisualStudio2019, "/permissive- /Zc:wchar_t /std:c++17")]
    [DataRow(ClRule.VisualStudio2022, "/Zc:wchar_t /std:c++17 /permissive-")]
    public void Conformance_changed_its_place_with_Visual_Studio_2022(int version, string expected) => Assert.AreEqual(
        expected, Lines.Recorded(version, ("ConformanceMode", "true"), ("TreatWChar_tAsBuiltInType", "true"), ("LanguageStandard", "stdcpp17")));

    [TestMethod]
    [DataRow(ClRule.VisualStudio2019, "")]
    [DataRow(ClRule.VisualStudio2022, "/permissive")]
    public void No_conformance_has_a_switch_since_Visual_Studio_2022(int version, string expected) =>
        Assert.AreEqual(expected, Lines.Recorded(version, ("ConformanceMode", "false")));

    [TestMethod]
    public void What_an_older_rule_does_not_have_is_not_on_its_line()
    {
        (string, string)[] metadata =
        [
            ("DebugInformationFormat", "OldStyle"), ("SupportJustMyCode", "true"), ("DiagnosticsFormat", "Column"), ("LanguageStandard", "stdcpp17"),
            ("ExternalWarningLevel", "Level3"), ("SpectreMitigation", "Spectre"), ("LanguageStandard_C", "stdc17"),
        ];

        Assert.AreEqual("/Z7", Lines.Recorded(ClRule.VisualStudio2015, metadata));
        Assert.AreEqual("/Z7 /JMC /diagnostics:column /Qspectre /std:c++17", Lines.Recorded(ClRule.VisualStudio2017, metadata));
    }

    [TestMethod]
    public void What_does_not_change_the_object_is_not_recorded()
    {
        (string, string)[] metadata = [("MultiProcessorCompilation", "true"), ("ErrorReporting", "Queue"), ("WarningLevel", "Level3")];

        Assert.AreEqual("/W3", Lines.Recorded(metadata));
        Assert.AreEqual("/W3 /MP /errorReport:queue", Lines.Switches(Lines.Of(ClRule.VisualStudio2022, recorded: false, metadata)));
    }

    [TestMethod]
    public void A_precompiled_header_that_is_not_used_has_no_file()
    {
        (string, string)[] files = [("PrecompiledHeaderFile", "pch.h"), ("PrecompiledHeaderOutputFile", @"x64\a.pch")];

        Assert.AreEqual("", Lines.Recorded([("PrecompiledHeader", "NotUsing"), .. files]));
        Assert.AreEqual(@"/Yc""pch.h"" /Fp""x64\a.pch""", Lines.Recorded([("PrecompiledHeader", "Create"), .. files]));
        Assert.AreEqual(@"/Yu /Fp""x64\a.pch""", Lines.Recorded(("PrecompiledHeader", "Use"), ("PrecompiledHeaderOutputFile", @"x64\a.pch")));
    }

    [TestMethod]
    public void A_value_nobody_knows_is_named_and_not_written()
    {
        ClLine line = Lines.Of(ClRule.VisualStudio2022, recorded: true, ("Optimization", "Maximal"), ("WarningLevel", "Level3"));

        Assert.AreEqual("/c /W3", line.Text);
        Assert.Contains("Optimization=Maximal", line.Problem!);
    }

    [TestMethod]
    public void A_new_project_of_Visual_Studio_2022_has_the_line_that_was_seen_there()
    {
        // Observed: a release build of a console application (x64) in a log of MSBuild 17.
        const string Seen = "/c /Zi /nologo /W3 /WX- /diagnostics:column /sdl /O2 /Oi /GL /D NDEBUG /D _CONSOLE /D _UNICODE /D UNICODE /Gm- /EHsc /MD /GS /Gy "
            + "/fp:precise /Zc:wchar_t /Zc:forScope /Zc:inline /std:c++20 /permissive- /Fo\"win32gen\\x64\\Release\\\\\" /Fd\"win32gen\\x64\\Release\\vc143.pdb\" "
            + "/external:W3 /Gd /TP /FC";

        string line = "/c " + Lines.Recorded(
            ("UseFullPaths", "true"), ("CompileAs", "CompileAsCpp"), ("CallingConvention", "Cdecl"), ("ExternalWarningLevel", "InheritWarningLevel"),
            ("ProgramDataBaseFileName", @"win32gen\x64\Release\vc143.pdb"), ("ObjectFileName", @"win32gen\x64\Release\"), ("PrecompiledHeader", "NotUsing"),
            ("ConformanceMode", "true"), ("LanguageStandard", "stdcpp20"), ("LanguageStandard_C", "Default"), ("RemoveUnreferencedCodeData", "true"),
            ("ForceConformanceInForLoopScope", "true"), ("TreatWChar_tAsBuiltInType", "true"), ("FloatingPointModel", "Precise"),
            ("FunctionLevelLinking", "true"), ("BufferSecurityCheck", "true"), ("RuntimeLibrary", "MultiThreadedDll"), ("BasicRuntimeChecks", "Default"),
            ("ExceptionHandling", "Sync"), ("MinimalRebuild", "false"), ("PreprocessorDefinitions", "NDEBUG;_CONSOLE;_UNICODE;UNICODE;"),
            ("WholeProgramOptimization", "true"), ("IntrinsicFunctions", "true"), ("Optimization", "MaxSpeed"), ("SDLCheck", "true"),
            ("DiagnosticsFormat", "Column"), ("TreatWarningAsError", "false"), ("WarningLevel", "Level3"), ("SuppressStartupBanner", "true"),
            ("SupportJustMyCode", "false"), ("DebugInformationFormat", "ProgramDatabase"), ("MultiProcessorCompilation", "true"));

        Assert.AreEqual(Seen, line);
    }
}
