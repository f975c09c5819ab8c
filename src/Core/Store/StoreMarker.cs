using System.Globalization;
using System.Text;

namespace DistBuild.Core.Store;

/// <summary>
/// The number in a store's root that says which layout uses it. A DistBuild whose layout can stand beside version 1 leaves it alone;
/// one whose layout cannot raises it, and then every older DistBuild keeps off.
/// </summary>
internal static class StoreMarker
{
    private const int LongestMarker = 32;

    private const string Tag = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a compile cache of DistBuild; it can be deleted at any time.\n";

    /// <summary>Null when this version may use the folder, else what the marker says.</summary>
    public static string? ForeignVersion(StoreLayout layout)
    {
        FileInfo file = new(layout.Marker);
        if (!file.Exists)
        {
            return null;
        }

        string text = file.Length <= LongestMarker ? File.ReadAllText(layout.Marker).Trim() : "not a number";
        bool known = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int version) && version <= StoreLayout.Version;
        return known ? null : text;
    }

    /// <summary>Marks a new store.</summary>
    public static void Write(StoreLayout layout)
    {
        if (!File.Exists(layout.Marker))
        {
            AtomicFile.Write(layout.Marker, Encoding.ASCII.GetBytes(FormattableString.Invariant($"{StoreLayout.Version}\n")), CancellationToken.None);
            AtomicFile.Write(layout.Tag, Encoding.ASCII.GetBytes(Tag), CancellationToken.None);
        }
    }
}
