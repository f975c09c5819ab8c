using DistBuild.Tasks.Toolsets;
using DistBuild.Tasks.Toolsets.Gcc;

namespace DistBuild.Tasks.Tests.Toolsets.Gcc;

[TestClass]
public sealed class AdditionalOptionsTests
{
    [TestMethod]
    [DataRow("a.cpp", "/utf-8 /bigobj /MP /Zc:__cplusplus /permissive- /nologo /FS /Yustdafx.h", "")]
    [DataRow("a.cpp", "/W4 /WX", "-Wall -Wextra -Wno-unknown-pragmas -Werror")]
    [DataRow("a.cpp", "-W4 -wd4100 -wd 4127", "-Wall -Wextra -Wno-unknown-pragmas -Wno-unused-parameter -Wno-tautological-compare")]
    [DataRow("a.cpp", "/we4715", "-Werror=return-type")]
    [DataRow("a.cpp", "/DA /D B=1 -DC /D \"D=\\\"x y\\\"\" /UE", "-DA -DB=1 -DC -DD=\"x y\" -UE")]
    [DataRow("a.cpp", "/DWIN32 -D_WINDOWS", "")]
    [DataRow("a.cpp", "/Iinc -I ../more /FIall.h", "-Iinc -I../more -include all.h")]
    [DataRow("a.cpp", "/std:c++20 /EHsc /GR- /Zi /J", "-g -fno-rtti -std=gnu++20 -funsigned-char")]
    [DataRow("a.c", "/std:c++20 /GR- /std:c17", "-std=gnu17")]
    [DataRow("a.c", "/TP /GR-", "-fno-rtti -x c++")]
    [DataRow("a.cpp", "-x c", "-x c")]
    [DataRow("a.cpp", "/arch:AVX2 /fp:fast /openmp", "-mavx2 -ffast-math -fopenmp")]
    [DataRow("a.cpp", "/Gw /Zc:char8_t-", "-fdata-sections -fno-char8_t")]
    [DataRow("a.c", "/Gw /Zc:char8_t-", "-fdata-sections")]
    [DataRow("a.cpp", "-O3 -march=native -fvisibility=hidden -Wno-shadow -std=c++20 -pthread", "-O3 -march=native -fvisibility=hidden -Wno-shadow -std=c++20 -pthread")]
    [DataRow("a.cpp", "-O1 -Os -Wall", "-O1 -Os -Wall")]
    [DataRow("a.cpp", "-fsanitize=fuzzer -fanalyzer -H -fcf-protection", "-fsanitize=fuzzer -fanalyzer -H -fcf-protection")]
    [DataRow("a.cpp", "-fpermissive -Wa,-mx -mspeculative-load-hardening", "-fpermissive -Wa,-mx -mspeculative-load-hardening")]
    [DataRow("a.cpp", "/O1", "-Os")]
    [DataRow("a.cpp", "/Wall", "-Wall -Wextra -Wpedantic -Wno-unknown-pragmas")]
    [DataRow("a.cpp", "-isystem ../sys -include x.h -Xclang -fno-pch-timestamp -iquote ..\\q -MF x.d", "-isystem ../sys -include x.h -Xclang -fno-pch-timestamp -iquote ../q -MF x.d")]
    [DataRow("a.cpp", "/clang:-fno-builtin @more.rsp", "-fno-builtin @more.rsp")]
    [DataRow("a.cpp", "%(AdditionalOptions) /utf-8", "")]
    public void Options_of_cl_are_translated_and_those_of_gcc_pass(string source, string options, string arguments)
    {
        using Project project = new();

        Assert.AreEqual(arguments, project.Arguments(source, ("AdditionalOptions", options)));
        Assert.IsEmpty(project.Make(source, ("AdditionalOptions", options)).Notes);
    }

    [TestMethod]
    public void An_option_overrides_the_metadata_as_on_cls_command_line()
    {
        using Project project = new();

        Assert.AreEqual("-O0 -fno-inline", project.Arguments("a.cpp", ("Optimization", "MaxSpeed"), ("AdditionalOptions", "/Od /Ob0 /Ob2 /Ob0")));
    }

    [TestMethod]
    [DataRow("/QStrange", "AdditionalOptions: '/QStrange' was left out: it is not known here. Say what it is for in gcc's words, under a condition on $(OS).")]
    [DataRow("/Foout\\", "AdditionalOptions: '/Foout\\' was left out: ObjectFileName says where the object goes.")]
    [DataRow("-o x.o", "AdditionalOptions: '-o x.o' was left out: ObjectFileName says where the object goes.")]
    [DataRow("-lm", "AdditionalOptions: '-lm' was left out: it belongs to the linker; put it into the project's Link settings.")]
    [DataRow("/link /SUBSYSTEM:CONSOLE a.lib", "AdditionalOptions: '/link' was left out: it and all after it belong to the linker; put them into the project's Link settings.")]
    [DataRow("stray", "AdditionalOptions: 'stray' was left out: it is no option.")]
    [DataRow("/source-charset:.1252", "AdditionalOptions: '/source-charset:.1252' was left out: gcc and clang read UTF-8; gcc has -finput-charset=….")]
    [DataRow("/guard:cf", "ControlFlowGuard=Guard was left out: the operating system has no Control Flow Guard; -fcf-protection in AdditionalOptions is the nearest on x86.")]
    public void What_has_no_counterpart_is_named(string options, string note)
    {
        using Project project = new();

        ToolsetCommand command = project.Make("a.cpp", ("AdditionalOptions", options));

        Assert.IsNotNull(command.Unit);
        CollectionAssert.AreEqual(new[] { note }, command.Notes.ToArray());
        Assert.AreEqual("", project.Arguments("a.cpp", ("AdditionalOptions", options)));
    }

    [TestMethod]
    [DataRow("/clr", "CompileAsManaged=true: managed code needs Visual C++")]
    [DataRow("/clr:pure", "CompileAsManaged=true: managed code needs Visual C++")]
    [DataRow("/P", "PreprocessToFile=true: it only preprocesses and makes no object")]
    [DataRow("-E", "PreprocessToFile=true: it only preprocesses and makes no object")]
    [DataRow("/Zs", "/Zs: it only checks the syntax and makes no object")]
    [DataRow("-fsyntax-only", "-fsyntax-only: it makes no object")]
    [DataRow("/interface", "CompileAs=CompileAsCppModule: C++ modules are not built by this toolset")]
    [DataRow("/reference m=m.ifc", "/reference: this toolset has no C++ modules and no managed code")]
    public void What_makes_no_object_is_refused(string options, string reason)
    {
        using Project project = new();

        ToolsetCommand command = project.Make("a.cpp", ("AdditionalOptions", options));

        Assert.IsNull(command.Unit);
        Assert.AreEqual(reason, command.Reason);
    }

    [TestMethod]
    public void An_option_that_wants_a_value_and_ends_the_line_does_no_harm()
    {
        using Project project = new();
        foreach (string option in new[] { "/I", "/D", "/FI", "-isystem", "-include", "-x", "-iquote", "/external:I", "/wd", "-o" })
        {
            Assert.IsNotNull(project.Make("a.cpp", ("AdditionalOptions", option)), option);
        }
    }

    [TestMethod]
    public void Every_option_with_a_metadatas_meaning_has_a_row_there()
    {
        IEnumerable<ClOption> rows = ClOptionTable.Rows.Where(row => row.Meaning == ClMeaning.Metadata);
        string[] lost = [.. rows.Where(row => MetadataTable.Find(row.Target, row.Value) is null).Select(row => row.Switch)];

        Assert.IsEmpty(lost, string.Join(", ", lost));
    }
}
