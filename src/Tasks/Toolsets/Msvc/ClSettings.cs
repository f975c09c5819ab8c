using Microsoft.Build.Framework;

namespace DistBuild.Tasks.Toolsets.Msvc;

/// <summary>The metadata of an item as cl's rule sees it. Missing and explicitly empty are the same here: the targets' defaults have been applied.</summary>
internal sealed class ClSettings
{
    /// <summary>What the project says where the portable targets have put the object's file into ObjectFileName, and the mark that they did.</summary>
    public const string GivenObjectFile = "GivenObjectFileName", ObjectFolder = nameof(ObjectFolder);

    private readonly Dictionary<string, string> _escaped = new(StringComparer.OrdinalIgnoreCase);

    public ClSettings(ITaskItem item)
    {
        foreach (string name in ClRule.Names.Concat([GivenObjectFile, ObjectFolder]))
        {
            _escaped[name] = ItemLists.Escaped(item, name);
        }
    }

    /// <summary>Trimmed; empty when it is not set.</summary>
    public string this[string metadata] => _escaped.TryGetValue(metadata, out string? value) && value.Length > 0 ? ItemLists.Text(value) : "";

    public bool IsAssigned => this[ObjectFolder].Length > 0;

    /// <summary>With the blanks it has.</summary>
    public string Verbatim(string metadata) => ItemLists.Untrimmed(_escaped[metadata]);

    public IReadOnlyList<string> List(string metadata) => ItemLists.Split(_escaped[metadata]);

    public bool Is(string metadata, string value) => string.Equals(this[metadata], value, StringComparison.OrdinalIgnoreCase);
}
