using System.Xml;

namespace DistBuild.Agent.Commands.Initialization;

/// <summary>
/// One <c>Directory.Build.props</c> that C++ projects read: puts in what is missing of <see cref="PropsSettings"/>, and renews our own version. What the
/// user wrote stays as it is, also where it says the same in other words.
/// </summary>
internal static class PropsStep
{
    public static FileStep Create(string path, PropsSettings settings, bool importsParent)
    {
        List<string> lines = ["<Project>"];
        if (importsParent)
        {
            const string above = "$([MSBuild]::GetPathOfFileAbove('Directory.Build.props', '$(MSBuildThisFileDirectory)../'))";
            lines.Add("  <PropertyGroup>");
            lines.Add($"    <DistBuildPropsAbove>{above}</DistBuildPropsAbove>");
            lines.Add("  </PropertyGroup>");
            lines.Add("  <Import Project=\"$(DistBuildPropsAbove)\" Condition=\"'$(DistBuildPropsAbove)' != ''\" />");
        }

        PropsEditor editor = new(string.Join('\n', [.. lines, "</Project>"]) + "\n");
        Complete(editor, settings);
        return new FileStep(path, StepKind.Create, Summary(settings), editor.Text.TrimEnd().Split('\n'), () => TextFile.Create(path, editor.Text));
    }

    public static FileStep Merge(string path, PropsSettings settings)
    {
        TextFile file = TextFile.TryRead(path)!;
        PropsEditor editor;
        try
        {
            editor = new PropsEditor(file.Text);
        }
        catch (XmlException e)
        {
            PropsEditor example = new("<Project>\n</Project>\n");
            Complete(example, settings);
            return FileStep.ByHand(path, $"is not well-formed XML ({e.Message}); when it is, put in", example.Added);
        }

        string? kept = Complete(editor, settings);
        return editor.Added.Count == 0
            ? FileStep.Right(path, kept ?? "references the package")
            : new FileStep(path, StepKind.Change, kept ?? Summary(settings), editor.Added, () => file.Write(editor.Text));
    }

    private static string Summary(PropsSettings settings) => $"package DistBuild {settings.Version} for every .vcxproj below, with an obj folder of its own";

    /// <returns>What the user decided otherwise, or null.</returns>
    private static string? Complete(PropsEditor editor, PropsSettings settings)
    {
        if (!editor.Has("MSBuildProjectExtensionsPath"))
        {
            editor.Add("PropertyGroup", PropsSettings.Label, PropsSettings.IsProject, PropsSettings.ExtensionsPath);
        }

        if (settings.Source is { } source)
        {
            CompleteSource(editor, source);
        }

        string? kept = settings.Referenced ? null : CompleteReference(editor, settings);
        CompleteForVisualStudio(editor);
        return kept;
    }

    private static void CompleteForVisualStudio(PropsEditor editor)
    {
        (string Name, string Element)[] properties = [("NuGetTargetMoniker", PropsSettings.Moniker), ("RuntimeIdentifiers", PropsSettings.Runtimes)];
        foreach ((string name, string element) in properties)
        {
            if (!editor.Has(name))
            {
                editor.Add("PropertyGroup", PropsSettings.VisualStudioLabel, PropsSettings.IsVisualStudio, element);
            }
        }

        if (!editor.Has("ProjectCapability", "PackageReferences"))
        {
            editor.Add("ItemGroup", PropsSettings.VisualStudioLabel, PropsSettings.IsVisualStudio, PropsSettings.Capability);
        }
    }

    private static string? CompleteReference(PropsEditor editor, PropsSettings settings)
    {
        IReadOnlyList<OutlineElement> found = editor.FindAll(element =>
            element.Name is "PackageReference" or "GlobalPackageReference" or "PackageVersion" && PropsEditor.Names(element, "DistBuild"));
        OutlineElement? reference = found.FirstOrDefault(element => element.Name != "PackageVersion");
        if (reference is null)
        {
            foreach (string line in settings.Reference())
            {
                editor.Add("ItemGroup", PropsSettings.Label, PropsSettings.MayReference, line);
            }

            return null;
        }

        if (reference.Parent?.Attribute("Label") != PropsSettings.Label)
        {
            return $"references DistBuild {reference.Attribute("Version") ?? "in the user's own words"}; left as it is";
        }

        bool single = found.Count == 1 && reference.Attribute("Condition") is null;
        if (single && settings.Central && reference.Attribute("Version") is not null)
        {
            editor.Replace(reference, settings.Reference());
            return null;
        }

        string? newer = null;
        foreach (OutlineElement element in found.Reverse())
        {
            if (element.Attributes.TryGetValue("Version", out OutlineAttribute? version) && ToolVersion.Compare(version.Value, settings.Version) is { } order)
            {
                if (order < 0)
                {
                    editor.ReplaceVersion(version, settings.Version);
                }
                else if (order > 0)
                {
                    newer = $"references DistBuild {version.Value}, newer than this tool; left as it is";
                }
            }
        }

        return newer;
    }

    private static void CompleteSource(PropsEditor editor, string source)
    {
        string value = PropsSettings.SourceValue(source);
        IReadOnlyList<OutlineElement> ours = editor.FindAll(
            element => element.Name == "RestoreAdditionalProjectSources" && element.Parent?.Attribute("Label") == PropsSettings.Label);
        if (ours.Count == 0)
        {
            editor.Add("PropertyGroup", PropsSettings.Label, PropsSettings.IsProject, PropsSettings.SourceElement(source));
        }
        else if (editor.Content(ours[0]) != value)
        {
            editor.Replace(ours[0], [PropsSettings.SourceElement(source)]);
        }
    }
}
