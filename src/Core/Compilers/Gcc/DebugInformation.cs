namespace DistBuild.Core.Compilers.Gcc;

/// <summary>What the <c>-g</c> options of a command add up to.</summary>
internal static class DebugInformation
{
    // These shape debug information and ask for none.
    private static readonly string[] Neutral =
    [
        "-gz", "-gno-", "-grecord-", "-gcolumn-info", "-gstrict-dwarf", "-gas-loc", "-gvariable-location-views", "-gstatement-frontiers",
        "-ginline-points", "-gdescribe-dies", "-ggnu-pubnames", "-gpubnames", "-ginternal-",
    ];

    /// <summary>Whether clang's debug information has checksums of the sources: DWARF 5, which is the default, and CodeView.</summary>
    public static bool HasChecksums(IReadOnlyList<string> arguments)
    {
        string? version = arguments.LastOrDefault(argument => argument is "-gdwarf" or "-gdwarf-2" or "-gdwarf-3" or "-gdwarf-4" or "-gdwarf-5");
        return IsOn(arguments) && (version is not ("-gdwarf-2" or "-gdwarf-3" or "-gdwarf-4") || arguments.Contains("-gcodeview"));
    }

    /// <summary>Whether the object gets debug information, and so the working directory. An unknown spelling counts as a request.</summary>
    public static bool IsOn(IEnumerable<string> arguments)
    {
        bool on = false;
        foreach (string argument in arguments)
        {
            if (argument.StartsWith("-g", StringComparison.Ordinal) && !Neutral.Any(prefix => argument.StartsWith(prefix, StringComparison.Ordinal)))
            {
                on = argument is not ("-g0" or "-ggdb0" or "-gstabs0");
            }
        }

        return on;
    }
}
