namespace DistBuild.Core.Compilers.Gcc;

internal enum TokenKind
{
    Word,
    Number,

    /// <summary>A string literal, with its prefix.</summary>
    Literal,
    Character,
    Other,
}

/// <summary>The tokens of C and C++ as far as strings, comments and words go; white space, comments and joined lines are passed over.</summary>
internal ref struct TokenReader(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _at;
    private int _quote;
    private bool _raw;

    public TokenKind Kind { get; private set; }

    public ReadOnlySpan<byte> Token { get; private set; }

    public bool Read()
    {
        SkipSpace();
        if (_at >= _text.Length)
        {
            return false;
        }

        int start = _at;
        byte c = _text[_at];
        if (c is >= (byte)'0' and <= (byte)'9')
        {
            ReadNumber();
        }
        else if (PreprocessedText.IsWord(c))
        {
            while (_at < _text.Length && PreprocessedText.IsWord(_text[_at]))
            {
                _at++;
            }

            Kind = TokenKind.Word;
            ReadPrefixed(_text.Slice(start, _at - start));
        }
        else if (c is (byte)'"' or (byte)'\'')
        {
            ReadQuoted(raw: false);
        }
        else
        {
            _at++;
            Kind = TokenKind.Other;
        }

        Token = _text.Slice(start, _at - start);
        return true;
    }

    /// <summary>Appends the bytes that the current string literal stands for.</summary>
    public readonly void AppendLiteral(List<byte> bytes) => StringLiteral.Append(bytes, Token.Slice(_quote), _raw);

    private void SkipSpace()
    {
        while (_at < _text.Length)
        {
            ReadOnlySpan<byte> rest = _text.Slice(_at);
            if (rest[0] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\v' or (byte)'\f')
            {
                _at++;
            }
            else if (rest.StartsWith("\\\n"u8) || rest.StartsWith("\\\r\n"u8))
            {
                _at += rest[1] == '\n' ? 2 : 3;
            }
            else if (rest.StartsWith("/*"u8))
            {
                int end = rest.Slice(2).IndexOf("*/"u8);
                _at = end < 0 ? _text.Length : _at + end + 4;
            }
            else if (rest.StartsWith("//"u8))
            {
                SkipLine();
            }
            else
            {
                return;
            }
        }
    }

    private void SkipLine()
    {
        do
        {
            int end = _text.Slice(_at).IndexOf((byte)'\n');
            _at = end < 0 ? _text.Length : _at + end + 1;
        }
        while (_at < _text.Length && _at >= 2 && _text[_at - 2] == '\\');
    }

    private void ReadNumber()
    {
        while (_at < _text.Length && (PreprocessedText.IsWord(_text[_at]) || _text[_at] is (byte)'.' or (byte)'\''))
        {
            // A quote between digits separates them; one after them starts a character.
            if (_text[_at] == '\'' && (_at + 1 >= _text.Length || !PreprocessedText.IsWord(_text[_at + 1])))
            {
                break;
            }

            _at++;
        }

        Kind = TokenKind.Number;
    }

    private void ReadPrefixed(ReadOnlySpan<byte> word)
    {
        if (_at >= _text.Length || _text[_at] is not ((byte)'"' or (byte)'\''))
        {
            return;
        }

        bool raw = word[word.Length - 1] == 'R';
        ReadOnlySpan<byte> encoding = raw ? word.Slice(0, word.Length - 1) : word;
        if (encoding.Length == 0 || encoding.SequenceEqual("L"u8) || encoding.SequenceEqual("u"u8) || encoding.SequenceEqual("U"u8) || encoding.SequenceEqual("u8"u8))
        {
            int prefix = word.Length;
            ReadQuoted(raw && _text[_at] == '"');
            _quote = prefix;
        }
    }

    private void ReadQuoted(bool raw)
    {
        byte quote = _text[_at];
        Kind = quote == '"' ? TokenKind.Literal : TokenKind.Character;
        _quote = 0;
        _raw = raw;
        if (raw)
        {
            _at = StringLiteral.EndOfRaw(_text, _at);
            return;
        }

        for (_at++; _at < _text.Length && _text[_at] != '\n'; _at++)
        {
            if (_text[_at] == '\\')
            {
                _at++;
            }
            else if (_text[_at] == quote)
            {
                _at++;
                return;
            }
        }

        _at = Math.Min(_at, _text.Length);
    }
}
