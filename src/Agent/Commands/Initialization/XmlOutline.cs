using System.Xml;

namespace DistBuild.Agent.Commands.Initialization;

/// <summary>An element of a project file and where it stands in the text (offsets in characters): the text is edited, not rewritten.</summary>
/// <param name="start">At its <c>&lt;</c>.</param>
/// <param name="contentStart">Behind its start tag.</param>
/// <param name="attributes">By name: the value, and where its text stands between the quotes.</param>
internal sealed class OutlineElement(string name, OutlineElement? parent, int start, int contentStart, IReadOnlyDictionary<string, OutlineAttribute> attributes)
{
    public string Name { get; } = name;

    public OutlineElement? Parent { get; } = parent;

    public int Start { get; } = start;

    public int ContentStart { get; } = contentStart;

    /// <summary>At its end tag; equal to <see cref="ContentStart"/> when it closes itself.</summary>
    public int ContentEnd { get; set; } = contentStart;

    /// <summary>Behind its end tag.</summary>
    public int End { get; set; } = contentStart;

    public IReadOnlyDictionary<string, OutlineAttribute> Attributes { get; } = attributes;

    public bool ClosesItself => ContentStart == End;

    public string? Attribute(string name) => Attributes.TryGetValue(name, out OutlineAttribute? attribute) ? attribute.Value : null;
}

internal sealed record OutlineAttribute(string Value, int Start, int End);

/// <summary>Every element of an XML text with its place.</summary>
internal static class XmlOutline
{
    /// <exception cref="XmlException">The text is not well-formed.</exception>
    public static IReadOnlyList<OutlineElement> Read(string text)
    {
        int[] lines = LineStarts(text);
        List<OutlineElement> elements = [];
        Stack<OutlineElement> open = new();
        using XmlReader reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        IXmlLineInfo position = (IXmlLineInfo)reader;
        int Offset() => lines[position.LineNumber - 1] + position.LinePosition - 1;
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                int start = Offset() - 1;
                int content = EndOfTag(text, start);
                bool empty = reader.IsEmptyElement;
                string name = reader.LocalName;
                OutlineElement element = new(name, open.Count > 0 ? open.Peek() : null, start, content, ReadAttributes(reader, text, Offset));
                elements.Add(element);
                if (!empty)
                {
                    open.Push(element);
                }
            }
            else if (reader.NodeType == XmlNodeType.EndElement)
            {
                OutlineElement element = open.Pop();
                element.ContentEnd = Offset() - 2;
                element.End = EndOfTag(text, element.ContentEnd);
            }
        }

        return elements;
    }

    private static Dictionary<string, OutlineAttribute> ReadAttributes(XmlReader reader, string text, Func<int> offset)
    {
        Dictionary<string, OutlineAttribute> attributes = new(StringComparer.OrdinalIgnoreCase);
        while (reader.MoveToNextAttribute())
        {
            int open = text.IndexOfAny(['"', '\''], offset());
            attributes[reader.LocalName] = new OutlineAttribute(reader.Value, open + 1, text.IndexOf(text[open], open + 1));
        }

        return attributes;
    }

    /// <summary>Behind the tag's <c>&gt;</c>; one inside a quoted value does not count.</summary>
    private static int EndOfTag(string text, int start)
    {
        char quote = '\0';
        int i = start;
        while (text[i] != '>' || quote != '\0')
        {
            char c = text[i++];
            if (c is '"' or '\'' && (quote == '\0' || quote == c))
            {
                quote = quote == '\0' ? c : '\0';
            }
        }

        return i + 1;
    }

    /// <summary>Lines as the XML reader counts them: ended by CR LF, LF or CR.</summary>
    private static int[] LineStarts(string text)
    {
        List<int> starts = [0];
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                starts.Add(i + 1);
            }
        }

        return [.. starts];
    }
}
