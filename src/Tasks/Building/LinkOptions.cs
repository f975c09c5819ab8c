using DistBuild.Tasks.Toolsets;

namespace DistBuild.Tasks.Building;

/// <summary>AdditionalOptions of a link or an archive, sorted: gcc's are passed, Microsoft's are translated where there is a counterpart and else left out.</summary>
/// <param name="Arguments">For the compiler driver.</param>
/// <param name="Folders">Library folders (<c>/LIBPATH:</c>).</param>
/// <param name="Libraries">More libraries (<c>/DEFAULTLIB:</c>, files).</param>
/// <param name="LeftOut">As the project spells them.</param>
internal sealed record LinkOptions(IReadOnlyList<string> Arguments, IReadOnlyList<string> Folders, IReadOnlyList<string> Libraries, IReadOnlyList<string> LeftOut)
{
    // Options of link.exe and lib.exe, which take a dash as well as a slash. gcc has none of these names.
    private static readonly HashSet<string> Microsoft = new(
        """
        ALIGN ALLOWBIND ALLOWISOLATION APPCONTAINER ASSEMBLYDEBUG ASSEMBLYLINKRESOURCE ASSEMBLYMODULE ASSEMBLYRESOURCE BASE BREPRO CETCOMPAT CGTHREADS
        CLRIMAGETYPE CLRSUPPORTLASTERROR CLRTHREADATTRIBUTE CLRUNMANAGEDCODECHECK DEBUG DEBUGTYPE DEF DEFAULTLIB DELAY DELAYLOAD DELAYSIGN DEPENDENTLOADFLAG DLL
        DRIVER DYNAMICBASE ENTRY ERRORREPORT EXPERIMENTAL EXPORT EXPORTADMIN FASTGENPROFILE FILEALIGN FIXED FORCE FUNCTIONPADMIN GENPROFILE GUARD HEAP HIGHENTROPYVA
        IDLOUT IGNORE IGNOREIDL ILK IMPLIB INCLUDE INCREMENTAL INFERASANLIBS INTEGRITYCHECK KERNEL KEYCONTAINER KEYFILE LARGEADDRESSAWARE LIBPATH LINKREPRO
        LIST LTCG LTCGOUT MACHINE MANIFEST MANIFESTDEPENDENCY MANIFESTFILE MANIFESTINPUT MANIFESTUAC MAP MAPINFO MERGE MIDL NAME NATVIS NOASSEMBLY NODEFAULTLIB
        NOENTRY NOEXP NOIMPLIB NOLOGO NXCOMPAT OPT ORDER OUT PDB PDBALTPATH PDBSTRIPPED PDBPAGESIZE PROFILE RELEASE REMOVE SAFESEH SECTION SOURCELINK STACK STUB
        SUBSYSTEM SWAPRUN TIME TLBID TLBOUT TSAWARE USEPROFILE VERBOSE VERSION WHOLEARCHIVE WINMD WINMDDELAYSIGN WINMDFILE WINMDKEYCONTAINER WINMDKEYFILE WX
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries),
        StringComparer.OrdinalIgnoreCase);

    public static LinkOptions Parse(string options, ProjectPaths paths)
    {
        List<string> arguments = [], folders = [], libraries = [], leftOut = [];
        foreach (string word in WindowsArguments.Split(options))
        {
            string name = word.Length > 1 ? word.Substring(1) : "";
            int colon = name.IndexOf(':');
            string value = colon < 0 ? "" : name.Substring(colon + 1).Trim('"');
            string option = (colon < 0 ? name : name.Substring(0, colon)).ToUpperInvariant();
            bool known = word.Length > 1 && word[0] is '/' or '-' && Microsoft.Contains(option) && !(word[0] == '-' && option == "STATIC");
            switch (option)
            {
                case "LIBPATH" when known:
                    folders.Add(value);
                    break;
                case "DEFAULTLIB" when known:
                    libraries.Add(value);
                    break;
                case "INCLUDE" when known:
                    arguments.Add("-Wl,-u," + value);
                    break;
                case "WHOLEARCHIVE" when known && value.Length > 0:
                    arguments.AddRange(["-Wl,--whole-archive", paths.FullOnDisk(value), "-Wl,--no-whole-archive"]);
                    break;
                case "OPT" when known && value.Equals("REF", StringComparison.OrdinalIgnoreCase):
                    arguments.Add("-Wl,--gc-sections");
                    break;
                case var _ when known:
                    leftOut.Add(word);
                    break;
                case var _ when word[0] == '-':
                    arguments.Add(word);
                    break;
                case var _ when word[0] == '/' && !File.Exists(word):
                    leftOut.Add(word);
                    break;
                default:
                    libraries.Add(word);
                    break;
            }
        }

        return new LinkOptions(arguments, folders, libraries, leftOut);
    }
}
