using static DistBuild.Tasks.Toolsets.Gcc.MetadataRow;

namespace DistBuild.Tasks.Toolsets.Gcc;

internal static partial class MetadataTable
{
    private const string Modules = "C++ modules are not built by this toolset";
    private const string Managed = "managed code needs Visual C++";

    private static IEnumerable<MetadataRow> Language =>
    [
        Nothing("CompileAsManaged", "false", "default"),
        Refused("CompileAsManaged", Any, Managed),
        Refused("CompileAsWinRT", "true", "Windows Runtime extensions need Visual C++"),
        Nothing("CompileAsWinRT", "false", "default"),
        Nothing("WinRTNoStdLib", Any, "only with CompileAsWinRT"),
        // -undef is it by its description, but takes __x86_64__ away too, and glibc's headers then look for their 32-bit files.
        Noted("UndefineAllPreprocessorDefinitions", "true",
            "system headers do not compile without the compiler's own macros; MSVC's are not defined here anyway"),
        Nothing("UndefineAllPreprocessorDefinitions", "false", "default"),
        Mapped("IgnoreStandardIncludePath", "true", "-nostdinc"),
        Nothing("IgnoreStandardIncludePath", "false", "default"),
        Nothing("UseStandardPreprocessor", Any, "the preprocessor always follows the standard"),
        Nothing("ExceptionHandling", "Sync", "default"),
        Nothing("ExceptionHandling", "Async", "default; hardware faults are signals here, not exceptions"),
        Nothing("ExceptionHandling", "SyncCThrow", "default"),
        Cxx("ExceptionHandling", "false", "-fno-exceptions"),
        Nothing("MinimalRebuild", Any, "concerns only cl.exe"),
        Mapped("DisableLanguageExtensions", "true", "-pedantic-errors"),
        Nothing("DisableLanguageExtensions", "false", "default"),
        Nothing("TreatWChar_tAsBuiltInType", Any, "always a type of its own in C++"),
        Nothing("ForceConformanceInForLoopScope", Any, "always by the standard"),
        Nothing("EnforceTypeConversionRules", Any, "always by the standard"),
        Nothing("RuntimeTypeInfo", "true", "default"),
        Cxx("RuntimeTypeInfo", "false", "-fno-rtti"),
        Mapped("OpenMPSupport", "true", "-fopenmp") with { Why = "the link needs it as well" },
        Nothing("OpenMPSupport", "false", "default"),
        // gnu++, not c++: the strict dialects hide what is POSIX in system headers, and public projects expect the compiler's usual dialect.
        Nothing("LanguageStandard", "Default", "the compiler's default, which is at least Visual Studio's C++14"),
        Cxx("LanguageStandard", "stdcpp11", "-std=gnu++11"),
        Cxx("LanguageStandard", "stdcpp14", "-std=gnu++14"),
        Cxx("LanguageStandard", "stdcpp17", "-std=gnu++17"),
        Cxx("LanguageStandard", "stdcpp20", "-std=gnu++20"),
        Cxx("LanguageStandard", "stdcpp23", "-std=gnu++2b") with { Why = "the name of C++23 that older compilers know too" },
        Cxx("LanguageStandard", "stdcpplatest", "-std=gnu++2b") with { Why = "as stdcpp23" },
        Nothing("LanguageStandard_C", "Default", "the compiler's default"),
        C("LanguageStandard_C", "stdc11", "-std=gnu11"),
        C("LanguageStandard_C", "stdc17", "-std=gnu17"),
        C("LanguageStandard_C", "stdc23", "-std=gnu2x") with { Why = "the name of C23 that older compilers know too" },
        C("LanguageStandard_C", "stdclatest", "-std=gnu2x") with { Why = "as stdc23" },
        Nothing("ConformanceMode", Any, "gcc and clang always check; -fpermissive in AdditionalOptions makes gcc lenient"),
        Mapped("DefaultCharIsUnsigned", "true", "-funsigned-char"),
        Nothing("DefaultCharIsUnsigned", "false", "default"),
        Nothing("ExpandAttributedSource", Any, "MSVC's attributes do not exist here"),
        Nothing("CompileAs", "Default", ".c is C, the rest C++"),
        Nothing("CompileAs", "CompileAsC", "the C compiler, with -x c where the file name says otherwise"),
        Nothing("CompileAs", "CompileAsCpp", "the C++ compiler, with -x c++ where the file name says otherwise"),
        Refused("CompileAs", "CompileAsCppModule", Modules),
        Refused("CompileAs", "CompileAsCppModuleInternalPartition", Modules),
        Refused("CompileAs", "CompileAsHeaderUnit", Modules),
        Noted("EnableModules", "true", Modules + "; 'import' and 'module' will not compile"),
        Nothing("EnableModules", "false", "default"),
        Noted("TranslateIncludes", "true", Modules + "; headers are included as text"),
        Nothing("TranslateIncludes", "false", "default"),
        Nothing("PrecompiledHeader", Any, "the header is included as text: by the source itself, or by ForcedIncludeFiles"),
    ];

    private static MetadataRow C(string metadata, string value, params string[] arguments) =>
        Mapped(metadata, value, arguments) with { Languages = SourceLanguages.C };

    private static MetadataRow Cxx(string metadata, string value, params string[] arguments) =>
        Mapped(metadata, value, arguments) with { Languages = SourceLanguages.Cxx };
}
