namespace DistBuild.Core.Compilers.Gcc;

/// <summary>The parts of a preprocessed text between its line markers, and whether each came from a system header.</summary>
internal ref struct TextRegions(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _next;

    public ReadOnlySpan<byte> Current { get; private set; }

    public bool IsSystem { get; private set; }

    public bool MoveNext()
    {
        if (_next < 0 || _next >= _text.Length)
        {
            return false;
        }

        if (LineMarkers.TryRead(_text, _next, out _, out bool system))
        {
            IsSystem = system;
        }

        int start = _next;
        do
        {
            _next = LineMarkers.NextLine(_text, _next);
        }
        while (_next >= 0 && !LineMarkers.TryRead(_text, _next, out _, out _));

        Current = _text.Slice(start, (_next < 0 ? _text.Length : _next) - start);
        return true;
    }
}
