namespace DistBuild.Tasks.Toolsets.Msvc;

internal static partial class ClRule
{
    private static IEnumerable<ClSwitch> Inputs =>
    [
        Paths(AdditionalIncludeDirectories, "/I"),
        Paths("AdditionalUsingDirectories", "/AI"),
        Paths("AdditionalBMIDirectories", "/ifcSearchDir "),
        Items("AdditionalModuleDependencies", "/reference "),
        Items("AdditionalHeaderUnitDependencies", "/headerUnit "),
        Flag("TranslateIncludes", "/translateInclude"),
        Value(DebugInformationFormat, ("None", ""), ("OldStyle", "/Z7"), ("ProgramDatabase", "/Zi"), ("EditAndContinue", "/ZI")),
        Since(VisualStudio2017, Flag(SupportJustMyCode, "/JMC")),
        Value(CompileAsManaged, ("false", ""), ("true", "/clr"), ("Pure", "/clr:pure"), ("Safe", "/clr:safe")),
        Flag("CompileAsWinRT", "/ZW"),
        Flag("WinRTNoStdLib", "/ZW:nostdlib"),
        Flag("SuppressStartupBanner", "/nologo"),
    ];

    private static IEnumerable<ClSwitch> Diagnostics =>
    [
        Value(
            WarningLevel,
            ("TurnOffAllWarnings", "/W0"), ("Level1", "/W1"), ("Level2", "/W2"), ("Level3", "/W3"), ("Level4", "/W4"), ("EnableAllWarnings", "/Wall")),
        Flag("TreatWarningAsError", "/WX", "/WX-"),
        Text("WarningVersion", "/Wv:"),
        Since(
            VisualStudio2017,
            Value("DiagnosticsFormat", ("Caret", "/diagnostics:caret"), ("Column", "/diagnostics:column"), ("Classic", "/diagnostics:classic"))),
        Flag("SDLCheck", "/sdl", "/sdl-"),
        Flag("MultiProcessorCompilation", "/MP") with { Argument = "ProcessorNumber", QuotesArgument = false, IsRecorded = false },
        Flag("ForceSynchronousPDBWrites", "/FS"),
    ];
}
