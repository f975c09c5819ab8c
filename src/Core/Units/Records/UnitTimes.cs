using System.Globalization;
using System.Text;
using DistBuild.Core.Compilers;
using DistBuild.Core.Hashing;
using DistBuild.Core.Placement;

namespace DistBuild.Core.Units.Records;

/// <summary>
/// How long the compiles of one project took in earlier builds, so that the longest go first. A file beside the notes, which survives Clean; it is read when the first unit has to be
/// compiled and written when one was. Lost, damaged and newer ones cost an order that would have been better. Safe for many threads; of two processes that save at once, the later wins.
/// </summary>
/// <remarks>
/// A sealed file of lines <c>unit milliseconds bytes</c>: xxHash64 of the object's path in 16 hexadecimal digits, how long its last compile took, and the length of its preprocessed text or 0.
/// </remarks>
internal sealed class UnitTimes(string path)
{
    public const string Extension = ".times";

    private const string Header = "distbuild times 1";

    /// <summary>Some megabytes; of more units than that the latest are kept.</summary>
    private const int MaximumUnits = 100_000;

    private readonly object _gate = new();
    private readonly Dictionary<string, CompileTime> _changes = new(StringComparer.Ordinal);
    private readonly ExpectedTimes _expected = new();
    private Dictionary<string, CompileTime>? _known;

    /// <summary>How long the unit's compile will take.</summary>
    /// <param name="text">Bytes of its preprocessed text; 0 when there is none.</param>
    public TimeSpan Expect(string objectPath, long text)
    {
        lock (_gate)
        {
            Load();
            string unit = Name(objectPath);
            TimeSpan? before = _changes.TryGetValue(unit, out CompileTime time) || _known!.TryGetValue(unit, out time) ? time.Taken : null;
            return _expected.Of(before, text);
        }
    }

    /// <summary>The unit was compiled, here or by an agent.</summary>
    public void Took(string objectPath, CompileTime time)
    {
        lock (_gate)
        {
            Load();
            _changes[Name(objectPath)] = time;
            _expected.Learn(time);
        }
    }

    /// <summary>Writes what changed, whole or not at all.</summary>
    public void Save()
    {
        lock (_gate)
        {
            if (_changes.Count == 0)
            {
                return;
            }

            IEnumerable<KeyValuePair<string, CompileTime>> kept = Read().Where(unit => !_changes.ContainsKey(unit.Key));
            SealedLines.Save(path, Header, _changes.Concat(kept).Take(MaximumUnits).Select(unit =>
                FormattableString.Invariant($"{unit.Key} {(long)unit.Value.Taken.TotalMilliseconds} {unit.Value.Text}")));
        }
    }

    private void Load()
    {
        if (_known is null)
        {
            _known = Read();
            foreach (CompileTime time in _known.Values)
            {
                _expected.Learn(time);
            }
        }
    }

    private Dictionary<string, CompileTime> Read()
    {
        Dictionary<string, CompileTime> times = new(StringComparer.Ordinal);
        foreach (string line in SealedLines.Load(path, Header) ?? [])
        {
            string[] fields = line.Split(' ');
            if (fields.Length == 3 && IsNumber(fields[1], out int milliseconds) && IsNumber(fields[2], out int bytes))
            {
                times[fields[0]] = new CompileTime(TimeSpan.FromMilliseconds(milliseconds), bytes);
            }
        }

        return times;
    }

    private static bool IsNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string Name(string objectPath) => XxHash64.Hash(Encoding.UTF8.GetBytes(objectPath)).ToString("x16", CultureInfo.InvariantCulture);
}
