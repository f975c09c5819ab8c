using System.Xml;

namespace DistBuild.Agent.Commands.Initialization;

/// <summary>Edits the text of an MSBuild project file in place; every edit keeps the rest of the text, character for character.</summary>
internal sealed class PropsEditor
{
    private readonly string _newLine;
    private readonly string _indent;
    private IReadOnlyList<OutlineElement> _elements;

    /// <exception cref="XmlException">The text is not a well-formed project.</exception>
    public PropsEditor(string text)
    {
        Text = text;
        _elements = XmlOutline.Read(text);
        if (_elements[0].Name != "Project")
        {
            throw new XmlException($"its root is <{_elements[0].Name}>, not <Project>");
        }

        int line = text.IndexOf('\n', StringComparison.Ordinal);
        _newLine = line > 0 && text[line - 1] == '\r' ? "\r\n" : "\n";
        string first = _elements.Skip(1).Select(element => IndentBefore(element.Start)).FirstOrDefault() ?? "";
        _indent = first.Length > 0 ? first : "  ";
    }

    public string Text { get; private set; }

    /// <summary>The lines put in so far, for a person to read.</summary>
    public List<string> Added { get; } = [];

    public IReadOnlyList<OutlineElement> FindAll(Func<OutlineElement, bool> condition) => [.. _elements.Where(condition)];

    /// <summary>An element of this name is there and holds for C++ projects, whoever wrote it.</summary>
    public bool Has(string name, string? include = null) =>
        _elements.Any(element => element.Name == name && (include is null || Names(element, include)) && HoldsForProjects(element.Parent));

    /// <summary>The element is an item of this name.</summary>
    public static bool Names(OutlineElement element, string include) => (element.Attribute("Include") ?? element.Attribute("Update") ?? "")
        .Split(';', StringSplitOptions.TrimEntries)
        .Contains(include, StringComparer.OrdinalIgnoreCase);

    public string Content(OutlineElement element) => Text[element.ContentStart..element.ContentEnd].Trim();

    /// <summary>Puts an element at the end of the group with this label, which is made at the end of the file when it is not there.</summary>
    public void Add(string group, string label, string condition, string element)
    {
        OutlineElement? existing = _elements.FirstOrDefault(
            candidate => candidate.Name == group && candidate.Attribute("Label") == label && candidate.Parent == _elements[0]);
        if (existing is { ClosesItself: false })
        {
            Added.Add(element);
            InsertBeforeEnd(existing, [IndentBefore(existing.Start) + _indent + element]);
            return;
        }

        bool first = _elements.All(candidate => candidate.Attribute("Label") != PropsSettings.Label);
        string[] lines =
        [
            .. first ? [_indent + PropsSettings.Comment] : Array.Empty<string>(),
            $"{_indent}<{group} Label=\"{label}\" Condition=\"{condition}\">",
            $"{_indent}{_indent}{element}",
            $"{_indent}</{group}>",
        ];
        Added.AddRange(lines);
        InsertBeforeEnd(_elements[0], lines);
    }

    public void Replace(OutlineElement element, IReadOnlyList<string> elements)
    {
        Added.AddRange(elements);
        Edit(element.Start, element.End, string.Join(_newLine + IndentBefore(element.Start), elements));
    }

    /// <summary>Elements found before are still right up to this place, no longer behind it.</summary>
    public void ReplaceVersion(OutlineAttribute attribute, string value)
    {
        Added.Add($"Version=\"{value}\"");
        Edit(attribute.Start, attribute.End, value);
    }

    private void InsertBeforeEnd(OutlineElement parent, IReadOnlyList<string> lines)
    {
        string block = string.Join(_newLine, lines) + _newLine;
        if (parent.ClosesItself)
        {
            // <Project /> opens up; its attributes stay.
            int slash = Text.LastIndexOf('/', parent.End - 1);
            int tag = Text.AsSpan(0, slash).TrimEnd().Length;
            Edit(tag, parent.End, $">{_newLine}{block}</{TagName(parent)}>");
            return;
        }

        string indent = IndentBefore(parent.ContentEnd);
        int lineStart = parent.ContentEnd - indent.Length;
        bool ownLine = lineStart > 0 && Text[lineStart - 1] == '\n';
        if (ownLine)
        {
            Edit(lineStart, lineStart, block);
        }
        else
        {
            Edit(parent.ContentEnd, parent.ContentEnd, _newLine + block);
        }
    }

    private static bool HoldsForProjects(OutlineElement? group)
    {
        string condition = group?.Attribute("Condition") ?? PropsSettings.IsProject;
        return condition.Contains("vcxproj", StringComparison.OrdinalIgnoreCase) && (group is null || HoldsForProjects(group.Parent));
    }

    private void Edit(int start, int end, string text)
    {
        Text = Text[..start] + text + Text[end..];
        _elements = XmlOutline.Read(Text);
    }

    private string TagName(OutlineElement element)
    {
        int end = Text.IndexOfAny([' ', '\t', '\r', '\n', '/', '>'], element.Start);
        return Text[(element.Start + 1)..end];
    }

    /// <summary>The white space between the start of a line and an offset, or nothing when something else stands there.</summary>
    private string IndentBefore(int offset)
    {
        int start = offset;
        while (start > 0 && Text[start - 1] is ' ' or '\t')
        {
            start--;
        }

        return start == 0 || Text[start - 1] is '\n' or '\r' ? Text[start..offset] : "";
    }
}
