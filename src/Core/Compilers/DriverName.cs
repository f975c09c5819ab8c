namespace DistBuild.Core.Compilers;

/// <summary>What a compiler driver's file name says: <c>[triple-](gcc|g++|cc|c++|clang|clang++|clang-cl|cl)[-version][-posix|-win32][.exe]</c>.</summary>
internal static class DriverName
{
    // The one-word targets that compilers are named after; any other single word before a dash (afl-gcc) is a program of its own.
    private static readonly string[] ShortTargets = ["avr", "msp430", "or1k", "rx", "nios2"];

    /// <summary>The family a name speaks for, <c>generic</c> for cc and c++, or null.</summary>
    public static string? Family(string driver) => Stem(driver) switch
    {
        "gcc" or "g++" => "gcc",
        "cc" or "c++" => Generic,
        "clang" or "clang++" => "clang",
        "clang-cl" => "clang-cl",
        "cl" => "cl",
        _ => null,
    };

    /// <summary>cc and c++ say only that a compiler stands behind them.</summary>
    public const string Generic = "generic";

    /// <summary>Whether the driver compiles C sources as C++ too.</summary>
    public static bool IsCxx(string driver) => Stem(driver)?.EndsWith("++", StringComparison.Ordinal) ?? false;

    private static string? Stem(string driver)
    {
        string name = driver.Substring(driver.LastIndexOfAny(['/', '\\']) + 1).ToLowerInvariant();
        name = Without(name, ".exe");
        name = Without(Without(name, "-posix"), "-win32");
        name = WithoutVersion(name);
        foreach (string stem in (string[])["clang-cl", "clang++", "clang", "g++", "gcc", "c++", "cc", "cl"])
        {
            if (name.EndsWith(stem, StringComparison.Ordinal))
            {
                string target = name.Substring(0, name.Length - stem.Length);
                return target.Length == 0 || IsTarget(target) ? stem : null;
            }
        }

        return null;
    }

    private static bool IsTarget(string prefix)
    {
        if (!prefix.EndsWith("-", StringComparison.Ordinal))
        {
            return false;
        }

        string target = prefix.Substring(0, prefix.Length - 1);
        return target.Split('-').Length >= 2 || ShortTargets.Contains(target);
    }

    private static string WithoutVersion(string name)
    {
        int dash = name.LastIndexOf('-');
        return dash > 0 && dash + 1 < name.Length && name.Substring(dash + 1).All(c => c is (>= '0' and <= '9') or '.') ? name.Substring(0, dash) : name;
    }

    private static string Without(string name, string end) =>
        name.EndsWith(end, StringComparison.Ordinal) ? name.Substring(0, name.Length - end.Length) : name;
}
