namespace DistBuild.Benchmarks.Measuring;

/// <summary>The costs of one contender, one per round.</summary>
internal sealed record Series(string Contender, IReadOnlyList<Cost> Costs)
{
    /// <summary>Milliseconds.</summary>
    public double Wall => Median(Costs.Select(cost => cost.Wall.TotalMilliseconds));

    /// <summary>Milliseconds.</summary>
    public double Processor => Median(Costs.Select(cost => cost.Processor.TotalMilliseconds));

    public double LeastWall => Costs.Min(cost => cost.Wall.TotalMilliseconds);

    public double MostWall => Costs.Max(cost => cost.Wall.TotalMilliseconds);

    /// <summary>What it costs beyond another, round by round: a machine that is slow for a while is slow for both.</summary>
    public Series Beyond(Series other) => this with { Costs = [.. Costs.Zip(other.Costs, (mine, others) => mine - others)] };

    /// <summary>The median of the ratios round by round.</summary>
    public double RatioTo(Series other, Func<Cost, TimeSpan> what) => Median(Costs.Zip(other.Costs, (mine, others) => what(mine) / what(others)));

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
