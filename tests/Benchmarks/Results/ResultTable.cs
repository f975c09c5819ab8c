using System.Globalization;
using DistBuild.Benchmarks.Measuring;

namespace DistBuild.Benchmarks.Results;

/// <summary>The contenders of one scenario on one corpus.</summary>
internal sealed class ResultTable(string scenario, string corpus, int units, List<ResultRow> all)
{
    private readonly List<ResultRow> _rows = [];

    public ResultTable Add(Series series) => Add(series, beyond: false);

    /// <summary>What it took beyond its build tool.</summary>
    public ResultTable AddBeyond(Series series) => Add(series, beyond: true);

    public void Print()
    {
        all.AddRange(_rows);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{scenario}, {corpus}, {units} units; milliseconds{"",-12} wall     least      most       cpu  wall/unit"));
        foreach (ResultRow row in _rows)
        {
            string name = row.Beyond ? "  … beyond the build tool" : row.Contender;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{name,-44}{row.Wall,10:0.0}{row.LeastWall,10:0.0}{row.MostWall,10:0.0}{row.Processor,10:0.0}{row.WallPerUnit,11:0.000}"));
        }

        Console.WriteLine();
    }

    private ResultTable Add(Series series, bool beyond)
    {
        _rows.Add(new ResultRow(scenario, corpus, units, series.Contender, beyond, Round(series.Wall), Round(series.LeastWall), Round(series.MostWall), Round(series.Processor), Round(series.Wall / units)));
        return this;
    }

    private static double Round(double milliseconds) => Math.Round(milliseconds, 3);
}
