using System.Globalization;
using System.Text;

namespace DistBuild.Core.Store;

/// <summary>
/// The file that spares a build the count of all entries: <c>BYTES COUNTED-AT</c>, two decimal numbers, the second in seconds since 1970.
/// It is only an estimate (a killed process does not report what it added, a replaced entry counts twice), so it expires after a day,
/// and a damaged or missing one is a reason to count. Open means locked against the other processes.
/// </summary>
internal sealed class SizeEstimate : IDisposable
{
    private const int LongestText = 64, LockAttempts = 5, LockPauseMilliseconds = 2;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly FileStream _file;
    private long _bytes;
    private long _countedAt;

    private SizeEstimate(FileStream file) => _file = file;

    /// <summary>Null when another process has it for longer than an update takes: it is trimming.</summary>
    public static SizeEstimate? TryOpen(string path)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return new SizeEstimate(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
            }
            catch (IOException) when (attempt < LockAttempts)
            {
                Thread.Sleep(LockPauseMilliseconds);
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    /// <summary>The estimate in bytes; null when there is none that can be believed at this time.</summary>
    public long? Read(DateTime now)
    {
        byte[] text = new byte[LongestText];
        int length = _file.Read(text, 0, text.Length);
        string[] numbers = Encoding.ASCII.GetString(text, 0, length).Trim().Split(' ');
        bool valid = numbers.Length == 2
            && long.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out _bytes)
            && long.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out _countedAt);
        long age = Seconds(now) - _countedAt;
        return valid && age >= 0 && age < Lifetime.TotalSeconds ? _bytes : null;
    }

    /// <summary>Adds to the estimate that <see cref="Read"/> gave.</summary>
    public void Add(long bytes)
    {
        if (bytes != 0)
        {
            Write(_bytes + bytes, _countedAt);
        }
    }

    public void Set(long bytes, DateTime now) => Write(bytes, Seconds(now));

    public void Dispose() => _file.Dispose();

    private void Write(long bytes, long countedAt)
    {
        byte[] text = Encoding.ASCII.GetBytes(FormattableString.Invariant($"{bytes} {countedAt}\n"));
        _file.SetLength(0);
        _file.Position = 0;
        _file.Write(text, 0, text.Length);
    }

    private static long Seconds(DateTime time) => new DateTimeOffset(time).ToUnixTimeSeconds();
}
