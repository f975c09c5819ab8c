using DistBuild.Core.Units;

namespace DistBuild.Core.Compilers.Gcc;

/// <summary>
/// Environment variables that change what a compiler does in ways no key covers (gcc manual, "Environment Variables Affecting GCC"; clang's
/// driver sources). Variables that only decide which headers are found need no place here: their effect is in the preprocessed text.
/// </summary>
internal static class RefusedEnvironment
{
    private const string MoreOutputs = "it makes the compiler write more files";
    private const string ChangesCommand = "it changes the command line or the programs behind it";
    private const string ChangesTarget = "it changes what is compiled for";

    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["DEPENDENCIES_OUTPUT"] = MoreOutputs,
        ["SUNPRO_DEPENDENCIES"] = MoreOutputs,
        ["CC_LOG_DIAGNOSTICS"] = MoreOutputs,
        ["CC_PRINT_HEADERS"] = MoreOutputs,
        ["CC_PRINT_OPTIONS"] = MoreOutputs,
        ["CC_PRINT_PROC_STAT"] = MoreOutputs,
        ["COMPILER_PATH"] = ChangesCommand,
        ["GCC_EXEC_PREFIX"] = ChangesCommand,
        ["GCC_COMPARE_DEBUG"] = ChangesCommand,
        ["GCC_EXTRA_DIAGNOSTIC_OUTPUT"] = ChangesCommand,
        ["QA_OVERRIDE_GCC3_OPTIONS"] = ChangesCommand,
        ["CCC_OVERRIDE_OPTIONS"] = ChangesCommand,
        ["CCC_ADD_ARGS"] = ChangesCommand,
        ["RC_DEBUG_OPTIONS"] = ChangesCommand,
        ["SDKROOT"] = ChangesTarget,
        ["DEVELOPER_DIR"] = ChangesTarget,
    };

    /// <summary>The first variable that is set and refused, or null.</summary>
    public static CommandVerdict.RunLocally? Find(IReadOnlyDictionary<string, string> environment)
    {
        foreach (KeyValuePair<string, string> variable in environment)
        {
            if (Reasons.TryGetValue(variable.Key, out string? why) || TryTarget(variable.Key, out why))
            {
                return new CommandVerdict.RunLocally(variable.Key, why);
            }
        }

        return null;
    }

    private static bool TryTarget(string name, out string why)
    {
        why = ChangesTarget;
        return name.EndsWith("_DEPLOYMENT_TARGET", StringComparison.Ordinal);
    }
}
