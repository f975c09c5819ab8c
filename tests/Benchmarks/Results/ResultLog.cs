using System.Globalization;
using System.Text.Json;

namespace DistBuild.Benchmarks.Results;

/// <summary>Prints what is measured, and keeps it for the JSON file: <c>{"schema":1,"processors":…,"rows":[…],"targets":[…]}</c>, times in milliseconds.</summary>
internal sealed class ResultLog
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly List<ResultRow> _rows = [];
    private readonly List<Target> _targets = [];

    public void Say(string text) => Console.WriteLine(text);

    public ResultTable Table(string scenario, string corpus, int units) => new(scenario, corpus, units, _rows);

    /// <summary>Compares a measured value with the most it should be.</summary>
    public void Check(string scenario, string corpus, string what, double value, double most)
    {
        Target target = new(scenario, corpus, what, Math.Round(value, 3), most, value <= most);
        _targets.Add(target);
        Say(target.Describe());
    }

    public void Summarise()
    {
        Say($"\nTargets: {_targets.Count(target => target.Holds)} of {_targets.Count} hold");
        _targets.ForEach(target => Say($"{target.Scenario,-8} {target.Corpus,-22} {target.Describe()}"));
    }

    public void Save(string file) => File.WriteAllText(file, JsonSerializer.Serialize(new { Schema = 1, Processors = Environment.ProcessorCount, Rows = _rows, Targets = _targets }, Json) + "\n");
}

/// <summary>One line of a table; milliseconds, medians over the rounds.</summary>
/// <param name="Beyond">Whether it is what the contender took beyond its build tool.</param>
internal sealed record ResultRow(string Scenario, string Corpus, int Units, string Contender, bool Beyond, double Wall, double LeastWall, double MostWall, double Processor, double WallPerUnit);

/// <summary>A promise and what became of it.</summary>
internal sealed record Target(string Scenario, string Corpus, string What, double Value, double Most, bool Holds)
{
    public string Describe() => string.Create(CultureInfo.InvariantCulture, $"{(Holds ? "holds " : "MISSED")}  {Value:0.###} (at most {Most:0.###}): {What}");
}
