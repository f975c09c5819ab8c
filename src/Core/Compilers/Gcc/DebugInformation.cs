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
