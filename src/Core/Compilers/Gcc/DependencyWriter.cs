using System.Text;

namespace DistBuild.Core.Compilers.Gcc;

/// <summary>
/// Writes the make rules of <c>-MD</c> as gcc 12 (libcpp's mkdeps.cc) and clang 19 (DependencyFile.cpp) do, folded lines included. They agree on how names are escaped and
/// not on where lines end.
/// </summary>
internal sealed class DependencyWriter(bool clang)
{
    // Columns; clang leaves room for a blank and a backslash.
    private const int GccColumns = 72, ClangColumns = 75;

    private readonly StringBuilder _text = new();
    private int _column;

    /// <param name="targets">As they are given; quoted ones are escaped.</param>
    /// <param name="source">The position of the source in <paramref name="files"/>, which gets no phony target.</param>
    public string Write(IReadOnlyList<(string Name, bool Quoted)> targets, IReadOnlyList<string> files, bool phonyTargets, int source)
    {
        foreach (string target in clang ? targets.Select(Target) : GccTargets(targets))
        {
            AddTarget(target);
        }

        _text.Append(':');
        _column++;
        foreach (string file in files)
        {
            AddFile(file);
        }

        _text.Append('\n');
        for (int i = 0; phonyTargets && i < files.Count; i++)
        {
            if (i != source)
            {
                _text.Append(Escape(files[i])).Append(":\n");
            }
        }

        return _text.ToString();
    }

    // The driver hands on the quoted ones first; then the first unquoted target takes the place of the first quoted one, and so on.
    private static IEnumerable<string> GccTargets(IReadOnlyList<(string Name, bool Quoted)> targets)
    {
        List<(string Name, bool Quoted)> ordered = [];
        int unquoted = 0;
        foreach ((string name, bool quoted) in targets.OrderByDescending(target => target.Quoted))
        {
            (string Name, bool Quoted) added = (WithoutDot(name), quoted);
            if (!quoted)
            {
                if (unquoted < ordered.Count)
                {
                    (ordered[unquoted], added) = (added, ordered[unquoted]);
                }

                unquoted++;
            }

            ordered.Add(added);
        }

        return ordered.Select(Target);
    }

    private static string Target((string Name, bool Quoted) target) => target.Quoted ? Escape(target.Name) : target.Name;

    private void AddTarget(string target)
    {
        int length = Bytes(target);
        if (_text.Length == 0)
        {
            _column = length;
        }
        else if (clang ? _column + length + 2 > ClangColumns : _column + length > GccColumns)
        {
            _text.Append(clang ? " \\\n  " : " \\\n ");
            _column = length + (clang ? 2 : 1);
        }
        else
        {
            _text.Append(' ');
            _column += length + 1;
        }

        _text.Append(target);
    }

    private void AddFile(string file)
    {
        string escaped = Escape(file);
        int length = Bytes(clang ? file : escaped);
        if (clang ? _column + length + 3 > ClangColumns : _column + length > GccColumns)
        {
            _text.Append(clang ? " \\\n " : " \\\n");
            _column = clang ? 2 : 0;
        }

        _text.Append(' ').Append(escaped);
        _column += length + 1;
    }

    private static string Escape(string name)
    {
        StringBuilder escaped = new();
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] is ' ' or '\t')
            {
                for (int before = i - 1; before >= 0 && name[before] == '\\'; before--)
                {
                    escaped.Append('\\');
                }

                escaped.Append('\\');
            }
            else if (name[i] is '#' or '$')
            {
                escaped.Append(name[i] == '#' ? '\\' : '$');
            }

            escaped.Append(name[i]);
        }

        return escaped.ToString();
    }

    private static string WithoutDot(string name)
    {
        while (name.StartsWith("./", StringComparison.Ordinal) && name.TrimStart('.', '/').Length > 0)
        {
            name = name.Substring(2).TrimStart('/');
        }

        return name;
    }

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}
