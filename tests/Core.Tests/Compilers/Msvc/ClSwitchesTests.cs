using DistBuild.Core.Compilers;
using DistBuild.Core.Compilers.Msvc;
using DistBuild.Core.Units;

namespace DistBuild.Core.Tests.Compilers.Msvc;

/// <summary>The switches that Visual Studio's rules can put on a line (toolsets v140 to v143), and what the tables make of each.</summary>
[TestClass]
public sealed class ClSwitchesTests
{
    private static readonly (ClRole Role, string Switches)[] BothDialects =
    [
        (ClRole.Preprocessor, "/Idir /DX /UX /X /FIx.h /external:Idir /external:env:VAR"),
        (ClRole.Unread, "/nologo /FS /Fdx.pdb /errorReport:none /errorReport:prompt /errorReport:queue /errorReport:send"),
        (ClRole.Notes, "/showIncludes"),
        (ClRole.Language, "/TC /TP"),
        (ClRole.Object, "/Fox.obj"),
        (ClRole.Precompiled, "/Ycx.h /Yux.h /Fpx.pch"),
        (ClRole.Key, """
            /Z7 /Zi /JMC /W0 /W1 /W2 /W3 /W4 /Wall /WX /WX- /Wv:18 /diagnostics:caret /diagnostics:classic /diagnostics:column /sdl /sdl- /fsanitize=address
            /Od /O1 /O2 /Ox /Ob0 /Ob1 /Ob2 /Oi /Os /Ot /Oy /Oy- /GT /GL /C /Zc:preprocessor /Zc:preprocessor- /GF /GF- /Gm- /EHa /EHsc /EHs /RTCc /RTCs /RTCu /RTC1
            /MT /MTd /MD /MDd /Zp1 /Zp2 /Zp4 /Zp8 /Zp16 /GS /GS- /guard:cf /Gy /Gy- /Qpar /Qpar- /arch:SSE /arch:SSE2 /arch:AVX /arch:AVX2 /arch:AVX512 /arch:AVX10.1
            /arch:ARMv7VE /arch:VFPv4 /arch:armv8.0 /arch:armv8.1 /arch:armv8.2 /arch:armv8.3 /arch:armv8.4 /arch:armv8.5 /arch:armv8.6 /arch:armv8.7 /arch:armv8.8 /arch:IA32
            /vlen=256 /vlen=512 /fp:precise /fp:strict /fp:fast /fp:except /fp:except- /hotpatch /Qspectre /Qspectre-load /Qspectre-load-cf /QIntel-jcc-erratum
            /guard:ehcont /guard:ehcont- /guard:signret /guard:signret- /Za /Zc:wchar_t /Zc:wchar_t- /Zc:forScope /Zc:forScope- /Zc:inline /Zc:rvalueCast /Zc:rvalueCast-
            /GR /GR- /openmp /openmp- /std:c++14 /std:c++17 /std:c++20 /std:c++23preview /std:c++latest /std:c11 /std:c17 /std:clatest /permissive- /permissive
            /external:anglebrackets /external:W0 /external:W1 /external:W2 /external:W3 /external:W4 /external:templates- /Gd /Gr /Gz /Gv /wd4996 /analyze- /FC /Zl /we4996
            """),
        (ClRole.Local, """
            /AIdir /FUx.dll /ZI /clr /clr:pure /clr:safe /ZW /ZW:nostdlib /u /P /E /EP /Gm /Fx /FA /FAc /FAs /FAcs /FAu /Fax.asm /docx.xml /FRx.sbr
            /analyze /analyze:log /analyze:rulesetx /analyze:pluginx /analyze:external- /analyze:external:rulesetx /experimental:module /translateInclude
            /interface /internalPartition /exportHeader
            """),
    ];

    // A value that stands apart must never be taken for a source.
    private static readonly (ClRole Role, string Name)[] WithValueApart =
    [
        (ClRole.Preprocessor, "/I"), (ClRole.Preprocessor, "/D"), (ClRole.Preprocessor, "/U"), (ClRole.Preprocessor, "/FI"), (ClRole.Preprocessor, "/external:I"),
        (ClRole.Local, "/AI"), (ClRole.Local, "/FU"), (ClRole.Local, "/ifcOutput"), (ClRole.Local, "/ifcSearchDir"), (ClRole.Local, "/stdIfcDir"), (ClRole.Local, "/reference"),
        (ClRole.Local, "/headerUnit"), (ClRole.Local, "/sourceDependencies"), (ClRole.Source, "/Tc"), (ClRole.Source, "/Tp"), (ClRole.Object, "/Fo:"), (ClRole.Precompiled, "/Fp:"),
    ];

    [TestMethod]
    public void Every_switch_of_Visual_Studios_rules_is_known()
    {
        foreach ((ClRole role, string switches) in BothDialects)
        {
            foreach (string spelled in switches.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
            {
                foreach (ClDialect dialect in (ClDialect[])[ClDialect.ClangCl, ClDialect.Cl])
                {
                    Assert.AreEqual(role, dialect.Find(spelled)?.Role, spelled);
                    Assert.AreEqual(dialect.Find(spelled), dialect.Find("-" + spelled[1..]), "a dash is as good as a slash");
                }
            }
        }
    }

    [TestMethod]
    public void A_value_that_stands_apart_belongs_to_its_switch()
    {
        foreach ((ClRole role, string name) in WithValueApart)
        {
            foreach (ClDialect dialect in (ClDialect[])[ClDialect.ClangCl, ClDialect.Cl])
            {
                List<ClArgument> read = ClArgumentReader.Read(dialect, new CompileCommand("cl", [name, "value.cpp", "a.cpp"], "/", CompilerLab.CleanEnvironment));

                Assert.AreEqual((role, "value.cpp"), (read[0].Role, read[0].Value), name);
                Assert.AreEqual((ClRole.Source, "a.cpp"), (read[1].Role, read[1].Value), name);
            }
        }
    }

    [TestMethod]
    public void The_number_of_processors_is_nothing_to_cl_and_a_warning_of_clang()
    {
        Assert.AreEqual(ClRole.Unread, ClDialect.Cl.Find("/MP4")!.Role);
        Assert.AreEqual(ClRole.Key, ClDialect.ClangCl.Find("/MP4")!.Role);
    }

    [TestMethod]
    [DataRow("/JMC /nologo /W3 /WX- /diagnostics:column /sdl /Od /D _DEBUG /D _CONSOLE /D _UNICODE /D UNICODE /EHsc /RTC1 /MDd /GS /fp:precise /Zc:wchar_t /Zc:forScope /Zc:inline /permissive- /Fox64\\Debug\\ /Fdx64\\Debug\\vc143.pdb /external:W3 /Gd /TP /FC /errorReport:queue")]
    [DataRow("/nologo /W4 /WX /diagnostics:column /sdl /O2 /Oi /D NDEBUG /D _LIB /EHsc /MD /GS /Gy /fp:precise /Zc:wchar_t /Zc:forScope /Zc:inline /std:c++20 /permissive- /Foout/ /external:W4 /Gd /TP /wd4996 /we4239 /FIx.h /FC /errorReport:queue /bigobj /utf-8 /guard:cf /arch:AVX2")]
    public void The_line_of_a_usual_project_may_be_sent_to_agents(string line)
    {
        CompileCommand command = new("clang-cl", ["/c", .. line.Split(' '), "a.cpp"], "/", CompilerLab.CleanEnvironment);
        ICompilerFamily family = CompilerLab.Family(command);

        Assert.IsNull(family.Refuse(new RemoteJob("clang-cl", "c++", CompilerLab.Cacheable(command).KeyArguments)));
    }
}
