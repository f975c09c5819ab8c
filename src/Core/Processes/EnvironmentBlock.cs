using System.Collections;
using System.Runtime.InteropServices;

namespace DistBuild.Core.Processes;

/// <summary>The environment variables of this process.</summary>
public static class EnvironmentBlock
{
    /// <summary>A copy. On Windows a name is found in any case, as programs there find it: PATH may be spelled Path.</summary>
    public static Dictionary<string, string> Read()
    {
        Dictionary<string, string> variables = new(RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return variables;
    }
}
