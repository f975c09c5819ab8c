using System.Text;
using DistBuild.Core.Compilers;
using DistBuild.Core.Processes;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Compilers.Msvc;

/// <summary>What the engine compiles in place of a command is what the command itself compiles, byte for byte; /Brepro takes the time out of both.</summary>
[TestClass]
public sealed class ClangClObjectTests
{
    private const string Portable = "/Z7 /clang:-gno-codeview-command-line";

    [TestMethod]
    [DataRow("/Brepro")]
    [DataRow("/Brepro /O2 /MD /GR- /Gy /W4 /std:c++20 /DV=2 /D V2 /UV2")]
    [DataRow("/Brepro /Od /MDd /RTC1 /sdl /FIinc/h.h /Zc:wchar_t /permissive- /diagnostics:column /FC /nologo")]
    [DataRow("/Brepro /Z7 --target=x86_64-w64-windows-gnu")]
    [DataRow("/Brepro /Zi -target x86_64-w64-windows-gnu -fdebug-compilation-dir=.")]
    [DataRow("/Brepro /TC")]
    [DataRow("/Brepro -flto")]
    [DataRow("/Brepro /fsanitize=address")]
    [DataRow("/Brepro /J /Gw /bigobj /guard:cf /Zp2 /arch:AVX2 /fp:fast /EHa /GS- /Gv")]
    [DataRow("/Brepro -m32 -fsanitize=undefined -fno-sanitize-recover=undefined")]
    public async Task An_agents_object_is_the_plain_one(string options)
    {
        using CompilerLab lab = ClLab.Create();

        await AssertTextsMakeTheSameAsync(lab, lab.Compile(options), expanded: !options.Contains("/Z7") && !options.Contains("/Zi") && !options.Contains("fsanitize"));
    }

    [TestMethod]
    [DataRow("/Brepro")]
    [DataRow("/Brepro /Z7")]
    [DataRow("/Brepro /Z7 /Fosub/")]
    [DataRow("/Brepro /Zi /MDd /Fosub/named")]
    [DataRow("/Brepro " + Portable)]
    public async Task An_object_made_under_another_name_is_the_plain_one(string options)
    {
        using CompilerLab lab = ClLab.Create();
        Directory.CreateDirectory(Path.Combine(lab.Project, "sub"));
        CompileCommand command = lab.Compile(options);
        PlainCompile plain = await CompilerLab.CompilePlainAsync(command);
        string other = Path.Combine(lab.Project, "sub", "other.tmp"), dependencies = Path.Combine(lab.Project, "other.d");

        await CompilerLab.SucceedAsync(CompilerLab.Family(command).CompileSource(command, CompilerLab.Cacheable(command), other, dependencies));

        CollectionAssert.AreEqual(plain.Object, await File.ReadAllBytesAsync(other));
    }

    [TestMethod]
    public async Task What_Windows_sources_look_like_makes_the_same_object()
    {
        using CompilerLab lab = ClLab.Create();
        string source = """
            #pragma once
            #pragma comment(lib, "user32.lib")
            #pragma warning(push)
            #pragma warning(disable : 4996 4100)
            #pragma pack(push, 1)
            struct __declspec(align(4)) Packed { char c; int i; };
            #pragma pack(pop)
            #pragma warning(pop)
            __pragma(warning(disable : 4201))
            #define NAME(x) L## #x
            const wchar_t *wide = NAME(wide); const char *raw = R"(a \
            b)"; int counted = __COUNTER__ + __LINE__;
            extern "C" __declspec(dllexport) int __stdcall exported(int x) { __try { return x / (int)sizeof(Packed); } __except (1) { return __COUNTER__; } }
            """;
        lab.Write("a.cpp", "\uFEFF" + source.Replace("\n", "\r\n", StringComparison.Ordinal));

        await AssertTextsMakeTheSameAsync(lab, lab.Compile("/Brepro /W4 -Wno-pragma-once-outside-header"), expanded: true);
    }

    [TestMethod]
    public async Task Real_Cxx_with_the_standard_library_makes_the_same_object()
    {
        using CompilerLab lab = ClLab.Create();
        lab.Write("a.cpp", """
            #include <algorithm>
            #include <map>
            #include <string>
            #include <vector>
            #include "h.h"
            std::map<std::string, std::vector<int>> table;
            int a(int x) { int unused = 1; auto &row = table[std::to_string(x)]; row.push_back(SQUARE(x)); return *std::max_element(row.begin(), row.end()); }
            """);

        foreach (string options in (string[])["/Brepro /W4 /clang:-O2", "/Brepro /W4 /Z7"])
        {
            PlainCompile plain = await AssertTextsMakeTheSameAsync(lab, lab.Compile(string.Join(' ', ClLab.Mingw) + " " + options), expanded: !options.Contains("/Z7"));
            Assert.Contains("unused variable 'unused'", plain.Errors);
        }
    }

    [TestMethod]
    [DataRow("/Brepro")]
    [DataRow("/Brepro /Z7 --target=x86_64-w64-windows-gnu")]
    public async Task A_user_of_a_precompiled_header_is_sent_as_text_with_its_headers_77(string options)
    {
        using CompilerLab lab = ClLab.Create();
        await ClLab.MakePrecompiledHeaderAsync(lab, options);

        await AssertTextsMakeTheSameAsync(lab, lab.Compile(options + " /Yupch.h /Fpx.pch", "user.cpp"), expanded: !options.Contains("/Z7"));
        await AssertTextsMakeTheSameAsync(lab, lab.Compile(options + " /Yupch.h /FIpch.h /Fpx.pch"), expanded: !options.Contains("/Z7"));
    }

    [TestMethod]
    public async Task The_plain_object_differs_from_second_to_second_only_in_its_time_83()
    {
        using CompilerLab lab = ClLab.Create();
        CompileCommand command = lab.Compile("");
        byte[] first = (await CompilerLab.CompilePlainAsync(command)).Object;
        byte[] second = first;
        while (first.AsSpan().SequenceEqual(second))
        {
            second = (await CompilerLab.CompilePlainAsync(command)).Object;
        }

        // COFF: the time stands behind machine and number of sections.
        first.AsSpan(4, 4).Clear();
        second.AsSpan(4, 4).Clear();
        CollectionAssert.AreEqual(first, second);
    }

    [TestMethod]
    public async Task What_Microsofts_debug_information_records_keeps_a_unit_here_29()
    {
        using CompilerLab lab = ClLab.Create();
        CompileCommand command = lab.Compile("/Brepro /Z7");
        PlainCompile plain = await CompilerLab.CompilePlainAsync(command);

        Assert.Contains("-internal-isystem", Encoding.Latin1.GetString(plain.Object));
        Assert.Contains("checksums of the files", CompilerLab.Family(command).Refuse(CompilerLab.Plans(command)[0].Job)!);
        Assert.Contains("checksums of the files", CompilerLab.Family(command).Refuse(CompilerLab.Plans(lab.Compile("/Brepro " + Portable))[0].Job)!);
    }

    [TestMethod]
    public async Task The_files_of_a_debug_compile_are_listed_by_a_run_of_their_own()
    {
        using CompilerLab lab = ClLab.Create();
        await ClLab.MakePrecompiledHeaderAsync(lab, "/Z7");
        string list = Path.Combine(lab.Project, "list.d");
        foreach ((string options, string source, string[] expected) in ((string, string, string[])[])
            [("/Z7 /showIncludes", "a.cpp", ["a.cpp", "inc/h.h"]), ("/Zi /Yupch.h /Fpx.pch", "user.cpp", ["user.cpp", "pch.h", "inc/h.h"]), ("/Z7 /Ycpch.h", "pch.cpp", ["pch.cpp", "pch.h", "inc/h.h"])])
        {
            CompileCommand command = lab.Compile(options, source);
            ICompilerFamily family = CompilerLab.Family(command);
            Assert.IsNull(family.TrackDependencies(command, list));

            ProcessResult run = await CompilerLab.SucceedAsync(family.ListInputs(command, list)!);

            Assert.IsEmpty(run.Output);
            CollectionAssert.AreEqual(expected, family.ReadDependencies(await File.ReadAllTextAsync(list)).ToArray());
        }

        Assert.IsNull(CompilerLab.Family(lab.Compile("/O2")).ListInputs(lab.Compile("/O2"), list));
    }

    [TestMethod]
    [DataRow("/c unit.s")]
    [DataRow("/c a.cpp b.cpp")]
    [DataRow("/c a.cpp /P")]
    [DataRow("/c a.cpp /clang:-MD")]
    [DataRow("/c a.cpp @missing.rsp")]
    [DataRow("/c a.cpp /link /OUT:x")]
    [DataRow("a.cpp")]
    public void A_command_that_would_say_or_do_something_else_is_not_asked_what_it_reads(string arguments)
    {
        using CompilerLab lab = new();
        CompileCommand command = lab.Command(ClLab.Compiler, arguments.Split(' '));

        Assert.IsNull(CompilerLab.Family(command).TrackDependencies(command, "x.d"));
        CompileCommand debug = command with { Arguments = ["/Z7", .. command.Arguments] };
        Assert.IsNull(CompilerLab.Family(debug).ListInputs(debug, "x.d"));
    }

    private static async Task<PlainCompile> AssertTextsMakeTheSameAsync(CompilerLab lab, CompileCommand command, bool expanded)
    {
        PlainCompile plain = await CompilerLab.CompilePlainAsync(command);
        foreach (PreprocessPlan plan in CompilerLab.Plans(command).Where(plan => expanded || !plan.Expanded))
        {
            (byte[] text, string errors) = await CompilerLab.PreprocessAsync(plan);
            Assert.AreEqual("", errors);
            Assert.IsNull(CompilerLab.Refuse(command, plan, text));
            PlainCompile remote = await lab.CompileTextAsync(command, plan, text);

            CollectionAssert.AreEqual(plain.Object, remote.Object, $"{string.Join(' ', command.Arguments)}, expanded: {plan.Expanded}");
            if (CompilerLab.Family(command).SaysTheSame(plan.Job, lab.Environment))
            {
                Assert.AreEqual(plain.Errors, remote.Errors);
            }
        }

        return plain;
    }
}
