using DistBuild.Tasks.Toolsets;
using DistBuild.Tasks.Toolsets.Gcc;

namespace DistBuild.Tasks.Tests.Toolsets.Gcc;

[TestClass]
public sealed class MetadataTableTests
{
    [TestMethod]
    [DataRow("a.cpp", "Optimization=Disabled", "-O0")]
    [DataRow("a.cpp", "Optimization=minspace", "-Os")]
    [DataRow("a.cpp", "Optimization=Full", "-O2")]
    [DataRow("a.cpp", "Optimization=Custom", "")]
    [DataRow("a.cpp", "Optimization=", "")]
    [DataRow("a.cpp", "Optimization=MaxSpeed;FavorSizeOrSpeed=Size", "-O2 -Os")]
    [DataRow("a.cpp", "Optimization=MaxSpeed;FavorSizeOrSpeed=Speed", "-O2")]
    [DataRow("a.cpp", "Optimization=Disabled;FavorSizeOrSpeed=Speed", "-O0")]
    [DataRow("a.cpp", "Optimization=Disabled;FavorSizeOrSpeed=Size", "-O0")]
    [DataRow("a.cpp", "DebugInformationFormat=ProgramDatabase", "-g")]
    [DataRow("a.cpp", "DebugInformationFormat=None", "")]
    [DataRow("a.cpp", "DebugInformationFormat=", "")]
    [DataRow("a.cpp", "WarningLevel=Level3;TreatWarningAsError=true", "-Wall -Wno-unknown-pragmas -Werror")]
    [DataRow("a.cpp", "WarningLevel=TurnOffAllWarnings", "-w")]
    [DataRow("a.cpp", "RuntimeTypeInfo=false;ExceptionHandling=false", "-fno-exceptions -fno-rtti")]
    [DataRow("a.c", "RuntimeTypeInfo=false;ExceptionHandling=false", "")]
    [DataRow("a.c", "LanguageStandard=stdcpp20;LanguageStandard_C=stdc11", "-std=gnu11")]
    [DataRow("a.cpp", "LanguageStandard=stdcpp20;LanguageStandard_C=stdc11", "-std=gnu++20")]
    [DataRow("a.cpp", "RuntimeLibrary=MultiThreadedDebugDLL", "-D_DEBUG")]
    [DataRow("a.cpp", "RuntimeLibrary=MultiThreadedDebugDLL;PreprocessorDefinitions=_DEBUG=2", "-D_DEBUG=2")]
    [DataRow("a.cpp", "RuntimeLibrary=MultiThreadedDLL", "")]
    [DataRow("a.cpp", "StructMemberAlignment=8Bytes", "")]
    [DataRow("a.cpp", "PrecompiledHeader=Use;PrecompiledHeaderFile=pch.h", "")]
    [DataRow("a.cpp", "BufferSecurityCheck=false;OpenMPSupport=True;FloatingPointModel=Fast", "-fno-stack-protector -ffast-math -fopenmp")]
    public void Values_become_arguments(string source, string metadata, string arguments)
    {
        using Project project = new();

        Assert.AreEqual(arguments, project.Arguments(source, Pairs(metadata)));
    }

    [TestMethod]
    [DataRow("ControlFlowGuard=Guard", "ControlFlowGuard=Guard was left out: the operating system has no Control Flow Guard; -fcf-protection in AdditionalOptions is the nearest on x86.")]
    [DataRow("Optimization=Sideways", "Optimization=Sideways was left out: this toolset does not know the value.")]
    [DataRow("StructMemberAlignment=1Byte", "StructMemberAlignment=1Byte: structures of system headers are packed too, unlike on Windows; #pragma pack in the sources is safer.")]
    [DataRow("TreatSpecificWarningsAsErrors=4711", "Warning 4711 cannot be made an error: gcc and clang have no such warning.")]
    [DataRow("AdditionalIncludeDirectories=C:\\SDK", "Include folder 'C:\\SDK' is on a Windows machine and was left out. Name its place on this machine under a condition on $(OS).")]
    public void What_is_left_out_is_said_once_for_each_item(string metadata, string note)
    {
        using Project project = new();

        CollectionAssert.AreEqual(new[] { note }, project.Make("a.cpp", Pairs(metadata)).Notes.ToArray());
        CollectionAssert.AreEqual(new[] { note }, project.Make("b.cpp", Pairs(metadata)).Notes.ToArray());
    }

    [TestMethod]
    [DataRow("CompileAsManaged=true", "CompileAsManaged=true: managed code needs Visual C++")]
    [DataRow("CompileAsManaged=Pure", "CompileAsManaged=Pure: managed code needs Visual C++")]
    [DataRow("CompileAsWinRT=true", "CompileAsWinRT=true: Windows Runtime extensions need Visual C++")]
    [DataRow("PreprocessToFile=true", "PreprocessToFile=true: it only preprocesses and makes no object")]
    [DataRow("ForcedUsingFiles=a.winmd", "ForcedUsingFiles: managed code needs Visual C++")]
    [DataRow("AdditionalHeaderUnitDependencies=a.ifc", "AdditionalHeaderUnitDependencies: C++ modules are not built by this toolset")]
    public void What_makes_no_object_is_refused(string metadata, string reason)
    {
        using Project project = new();

        ToolsetCommand command = project.Make("a.cpp", Pairs(metadata));

        Assert.IsNull(command.Unit);
        Assert.AreEqual(reason, command.Reason);
    }

    [TestMethod]
    public void Instruction_sets_are_for_x86_only()
    {
        using Project arm = new(options => options with { TargetsX86 = false });
        using Project x86 = new();
        (string, string) avx = ("EnableEnhancedInstructionSet", "AdvancedVectorExtensions2");

        Assert.AreEqual("-mavx2", x86.Arguments("a.cpp", avx));
        Assert.AreEqual("", arm.Arguments("a.cpp", avx));
        Assert.HasCount(1, arm.Make("a.cpp", avx).Notes);
    }

    [TestMethod]
    public void A_usual_project_of_Visual_Studio_has_nothing_to_be_told()
    {
        using Project project = new();

        ToolsetCommand command = project.Make("a.cpp", Pairs(
            "PrecompiledHeader=NotUsing;WarningLevel=Level3;SDLCheck=true;ConformanceMode=true;FunctionLevelLinking=true;IntrinsicFunctions=true;BasicRuntimeChecks=EnableFastChecks;"
            + "SuppressStartupBanner=true;DiagnosticsFormat=Column;MultiProcessorCompilation=true;CallingConvention=Cdecl;ErrorReporting=Queue;UseFullPaths=true;EnablePREfast=false;"
            + "ControlFlowGuard=false;CompileAsManaged=false;TreatWChar_tAsBuiltInType=true;SpectreMitigation=false;CompileAs=CompileAsCpp;AssemblerOutput=NoListing"));

        Assert.IsNotNull(command.Unit);
        Assert.IsEmpty(command.Notes);
    }

    [TestMethod]
    public void Every_metadata_of_Visual_Studios_rule_is_decided()
    {
        HashSet<string> decided = new([.. MetadataTable.Rows.Select(row => row.Metadata), .. MetadataLists.Rows.Select(row => row.Metadata)], StringComparer.OrdinalIgnoreCase);

        string[] forgotten = [.. ClRule.Metadata.Where(name => !decided.Contains(name))];

        Assert.IsEmpty(forgotten, string.Join(", ", forgotten));
    }

    [TestMethod]
    public void Every_value_of_Visual_Studios_rule_is_decided()
    {
        string[] forgotten = [.. ClRule.Values.Where(pair => MetadataTable.Find(pair.Metadata, pair.Value) is null).Select(pair => $"{pair.Metadata}={pair.Value}")];

        Assert.IsEmpty(forgotten, string.Join(", ", forgotten));
    }

    [TestMethod]
    public void No_value_stands_in_the_table_twice()
    {
        string[] twice = [.. MetadataTable.Rows.GroupBy(row => $"{row.Metadata}={row.Value}", StringComparer.OrdinalIgnoreCase).Where(rows => rows.Count() > 1).Select(rows => rows.Key)];

        Assert.IsEmpty(twice, string.Join(", ", twice));
    }

    [TestMethod]
    public void Every_row_without_arguments_says_why()
    {
        string[] silent = [.. MetadataTable.Rows.Where(row => row.Gcc.Count == 0 && row.Why.Length == 0).Select(row => $"{row.Metadata}={row.Value}")];

        Assert.IsEmpty(silent, string.Join(", ", silent));
    }

    private static (string, string)[] Pairs(string metadata) =>
        [.. metadata.Split(';').Select(pair => pair.Split('=', 2)).Select(pair => (pair[0], pair[1]))];
}
