using System.Text;
using DistBuild.Core.Compilers;
using DistBuild.Core.Compilers.Msvc;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Compilers.Msvc;

/// <summary>What cl.exe says of itself and of the files it reads, and what is made of damaged reports; numbers are those of the cache key facts.</summary>
[TestClass]
public sealed class ClReportTests
{
    [TestMethod]
    [DataRow("Microsoft (R) C/C++ Optimizing Compiler Version 19.38.33130 for x64", "19.38.33130", "x64")]
    [DataRow("Microsoft (R) C/C++-Optimierungscompiler Version 19.38.33130 für x86", "19.38.33130", "x86")]
    [DataRow("Microsoft(R) C/C++ Optimizing Compiler Version 19.00.24215.1 for ARM", "19.00.24215.1", "ARM")]
    [DataRow("用于 x64 的 Microsoft (R) C/C++ 优化编译器 19.38.33130 版", "19.38.33130", "x64")]
    [DataRow("Compilateur d'optimisation Microsoft (R) C/C++ version 19.29.30154 pour ARM64", "19.29.30154", "ARM64")]
    [DataRow("\r\nMicrosoft (R) 32-bit C/C++ Optimizing Compiler Version 16.00.40219.01 for 80x86\r\nCopyright", "16.00.40219.01", "80x86")]
    public void A_banner_says_version_and_processor_in_any_language(string printed, string number, string target)
    {
        ClBanner banner = ClBanner.Read(printed)!;

        Assert.AreEqual((number, target), (banner.Number, banner.Target));
        Assert.AreEqual(number, ClBanner.NumberOf(banner.Line));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("clang version 19.1.7\nTarget: x86_64-pc-windows-msvc")]
    [DataRow("Microsoft (R) Incremental Linker Version 14.38.33130.0")]
    [DataRow("Microsoft (R) C/C++ Optimizing Compiler for x64")]
    public void What_is_no_banner_names_no_compiler(string printed) => Assert.IsNull(ClBanner.Read(printed));

    [TestMethod]
    [DataRow("19.27.29110", true)]
    [DataRow("19.38.33130", true)]
    [DataRow("20.00.1", true)]
    [DataRow("19.26.28805", false)]
    [DataRow("19.00.24215.1", false)]
    [DataRow("nonsense", false)]
    public void The_report_to_a_file_came_with_19_27(string number, bool has) => Assert.AreEqual(has, ClReporting.ReportsToFile(number));

    [TestMethod]
    public void A_report_names_the_headers()
    {
        const string Report = """
            {
                "Version": "1.2",
                "Data": {
                    "Source": "c:\\p\\a.cpp", "ProvidedModule": "", "PCH": "c:\\p\\x.pch",
                    "Includes": [ "c:\\p\\a.h", "c:\\p\\ü.h" ],
                    "ImportedModules": [], "ImportedHeaderUnits": []
                }
            }
            """;

        CollectionAssert.AreEqual((string[])["c:\\p\\a.h", "c:\\p\\ü.h"], ClSourceDependencies.Read(Report)!.ToArray());
        CollectionAssert.AreEqual((string[])["c:\\p\\a.h", "c:\\p\\ü.h"], ClSourceDependencies.Read("\uFEFF" + Report)!.ToArray());
        for (int length = 0; length < Report.Length; length++)
        {
            Assert.IsNull(ClSourceDependencies.Read(Report[..length]), $"cut at {length}");
        }
    }

    [TestMethod]
    [DataRow("[]")]
    [DataRow("null")]
    [DataRow("{\"Data\":[]}")]
    [DataRow("{\"Data\":{}}")]
    [DataRow("{\"Data\":{\"Includes\":{}}}")]
    [DataRow("{\"Data\":{\"Includes\":[1]}}")]
    [DataRow("{\"Data\":{\"Includes\":[\"\"]}}")]
    [DataRow("{\"Data\":{\"Includes\":[null]}}")]
    [DataRow("{\"Data\":{\"Includes\":[],\"ImportedModules\":[{\"Name\":\"std\",\"BMI\":\"std.ifc\"}]}}")]
    [DataRow("{\"Data\":{\"Includes\":[],\"ImportedHeaderUnits\":[{\"Header\":\"h.h\",\"BMI\":\"h.ifc\"}]}}")]
    [DataRow("{\"Data\":{\"Includes\":[],\"ImportedModules\":\"std\"}}")]
    [DataRow("{\"Data\":{\"Includes\":[\"\\ud800\"]}}")]
    public void What_does_not_say_all_says_nothing(string report) => Assert.IsNull(ClSourceDependencies.Read(report));

    [TestMethod]
    [DataRow("Note: including file: c:\\temp\\X\\distbuild-probe.h\r\n", "Note: including file:")]
    [DataRow("distbuild-probe.c\r\nHinweis: Einlesen der Datei: C:\\TEMP\\x\\distbuild-probe.h\r\n", "Hinweis: Einlesen der Datei:")]
    [DataRow("distbuild-probe.c\nNote: including file:  ./distbuild-probe.h\n", "Note: including file:")]
    [DataRow("Remarque : inclusion du fichier :  distbuild-probe.h", "Remarque : inclusion du fichier :")]
    public void The_words_before_a_files_name_are_learned_89(string printed, string words) =>
        Assert.AreEqual(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(words)), ClIncludeNotes.Find(Encoding.UTF8.GetBytes(printed), "C:\\Temp\\x"));

    [TestMethod]
    [DataRow("")]
    [DataRow("distbuild-probe.h\n")]
    [DataRow("Note: including file: other.h\n")]
    public void Where_no_words_stand_before_it_none_are_learned_89(string printed) => Assert.IsNull(ClIncludeNotes.Find(Encoding.UTF8.GetBytes(printed), "C:\\Temp\\x"));

    [TestMethod]
    public void Notes_are_told_from_everything_else_by_their_bytes_89()
    {
        byte[] words = [0x83, 0x81, 0x3A];
        byte[] printed = [.. "a.cpp\r\n"u8, .. words, .. " c:\\p\\a.h\r\n"u8, .. words, .. "   c:\\p\\b.h\r\n"u8, .. words, .. "no blank\r\na.cpp(1): warning C4101: x\r\n"u8, .. words, .. " last.h"u8];

        (List<byte[]> files, byte[] others) = ClIncludeNotes.Read(printed, Convert.ToHexStringLower(words));

        CollectionAssert.AreEqual((string[])["c:\\p\\a.h", "c:\\p\\b.h", "last.h"], files.Select(Encoding.UTF8.GetString).ToArray());
        CollectionAssert.AreEqual((byte[])[.. "a.cpp\r\n"u8, .. words, .. "no blank\r\na.cpp(1): warning C4101: x\r\n"u8], others);
    }

    [TestMethod]
    public void Reported_files_are_spelled_from_the_folders_of_the_command()
    {
        CompileCommand command = new("cl", [], "/p/app", CompilerLab.CleanEnvironment);
        ClSpelling spelling = new(command, ["inc", "../lib/inc/", "/vc/include"]);

        Assert.AreEqual("inc/a/b.h", spelling.Of("/p/app/inc/a/b.h"));
        Assert.AreEqual("a.h", spelling.Of("/p/app/a.h"));
        Assert.AreEqual("../lib/inc/l.h", spelling.Of("/p/lib/inc/l.h"));
        Assert.AreEqual("/vc/include/vector", spelling.Of("/vc/include/vector"));
        Assert.AreEqual("/p/application/a.h", spelling.Of("/p/application/a.h"));
        Assert.AreEqual("a.h", spelling.Of("./a.h"));
    }

    [TestMethod]
    public void What_is_printed_is_text_in_UTF_8_or_UTF_16_or_the_systems_code_page()
    {
        const string Said = "a.cpp(3): error C2065: \"größe\": nichtdeklarierter Bezeichner";

        Assert.AreEqual(Said, PrintedText.Decode(Encoding.UTF8.GetBytes(Said)));
        Assert.AreEqual(Said, PrintedText.Decode(Encoding.Unicode.GetBytes(Said)));
        Assert.AreEqual(Said, PrintedText.Decode([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Said)]));
        Assert.AreEqual(Said, PrintedText.Decode(Encoding.Latin1.GetBytes(Said)));
        Assert.AreEqual("€", PrintedText.Decode([0x80]));
        Assert.AreEqual("", PrintedText.Decode([]));
    }
}
