using DistBuild.Tasks.Toolsets.Msvc;
using Microsoft.Build.Utilities;

namespace DistBuild.Tasks.Tests.Toolsets.Msvc;

/// <summary>Lines of items that have nothing but the metadata given.</summary>
internal static class Lines
{
    public static ClLine Of(int version, bool recorded, params (string Name, string Value)[] metadata)
    {
        TaskItem item = new("a.cpp");
        foreach ((string name, string value) in metadata)
        {
            item.SetMetadata(name, value);
        }

        return ClLine.Of(new ClSettings(item), version, recorded);
    }

    /// <summary>What Visual Studio 2022 records, without <c>/c</c>.</summary>
    public static string Recorded(params (string Name, string Value)[] metadata) => Switches(Of(ClRule.VisualStudio2022, recorded: true, metadata));

    public static string Recorded(int version, params (string Name, string Value)[] metadata) => Switches(Of(version, recorded: true, metadata));

    public static string Switches(ClLine line)
    {
        Assert.IsNull(line.Problem);
        Assert.StartsWith("/c", line.Text);
        return line.Text.Length == 2 ? "" : line.Text[3..];
    }
}
