namespace DistBuild.Core.Placement;

/// <summary>How long the compile of a unit took on a typical core, and how much text it was.</summary>
/// <param name="Text">Bytes of its preprocessed text; 0 when that is not known.</param>
public readonly record struct CompileTime(TimeSpan Taken, long Text);

/// <summary>
/// How long compiles will take: as long as they took before; an unknown one as long as its text takes at the median speed of the known ones, or, without a text, as long as the
/// median of them. Medians, because one unit full of templates says nothing about the others. Holds no lock; the caller serialises.
/// </summary>
public sealed class ExpectedTimes
{
    /// <summary>Of text, while nothing is known: a million bytes a second, a C++ unit of the standard library in one or two.</summary>
    private const double TypicalTicksPerByte = 10;

    private const int TypicalPower = 100;

    private static readonly TimeSpan Unknown = TimeSpan.FromSeconds(1);

    private readonly List<double> _taken = [], _perByte = [];

    /// <summary>What a typical core takes, in the time of a core of this power.</summary>
    /// <param name="power">See <see cref="Discovery.Offer"/>.</param>
    public static TimeSpan At(int power, TimeSpan typical) => TimeSpan.FromTicks(typical.Ticks * TypicalPower / Math.Max(1, power));

    /// <summary>What a core of this power took, in the time of a typical one.</summary>
    public static TimeSpan Typical(int power, TimeSpan taken) => TimeSpan.FromTicks(taken.Ticks * Math.Max(1, power) / TypicalPower);

    public void Learn(CompileTime known)
    {
        Insert(_taken, known.Taken.Ticks);
        if (known.Text > 0)
        {
            Insert(_perByte, (double)known.Taken.Ticks / known.Text);
        }
    }

    /// <param name="before">What this unit took in an earlier build, or null.</param>
    /// <param name="text">Bytes of its preprocessed text; 0 when there is none.</param>
    public TimeSpan Of(TimeSpan? before, long text) =>
        before is { } known ? known
        : text > 0 ? TimeSpan.FromTicks((long)(text * Median(_perByte, TypicalTicksPerByte)))
        : TimeSpan.FromTicks((long)Median(_taken, Unknown.Ticks));

    private static double Median(List<double> sorted, double otherwise) => sorted.Count == 0 ? otherwise : sorted[sorted.Count / 2];

    private static void Insert(List<double> sorted, double value)
    {
        int at = sorted.BinarySearch(value);
        sorted.Insert(at < 0 ? ~at : at, value);
    }
}
