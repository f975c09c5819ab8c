using System.Runtime.InteropServices;

namespace DistBuild.Core.Store;

/// <summary>Where the store of this account is when nobody says otherwise.</summary>
public static class StoreLocation
{
    /// <summary>
    /// <c>%LOCALAPPDATA%\DistBuild</c> on Windows; elsewhere <c>distbuild</c> under <c>$XDG_CACHE_HOME</c>, or under <c>~/.cache</c>
    /// (XDG base directory specification: a relative value is ignored).
    /// </summary>
    /// <param name="environment">The build's environment, not necessarily this process's.</param>
    public static string Default(IReadOnlyDictionary<string, string> environment) =>
        Default(environment, RuntimeInformation.IsOSPlatform(OSPlatform.Windows));

    internal static string Default(IReadOnlyDictionary<string, string> environment, bool windows)
    {
        if (windows)
        {
            return Path.Combine(Value(environment, "LOCALAPPDATA") ?? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "DistBuild");
        }

        string home = Value(environment, "HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string? cache = Value(environment, "XDG_CACHE_HOME");
        return Path.Combine(cache is not null && cache[0] == '/' ? cache : Path.Combine(home, ".cache"), "distbuild");
    }

    private static string? Value(IReadOnlyDictionary<string, string> environment, string name) =>
        environment.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;
}
