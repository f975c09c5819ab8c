using System.Globalization;
using System.Text.Json;
using DistBuild.Simulator;

SimulationOptions options = new();
string? json = null;
try
{
    for (int i = 0; i < args.Length; i += 2)
    {
        string value = i + 1 < args.Length ? args[i + 1] : throw new FormatException($"{args[i]} needs a value");
        options = args[i] switch
        {
            "--agents" => options with { Agents = Number(value, 100_000) },
            "--clients" => options with { Clients = Number(value, 100_000) },
            "--units" => options with { Units = Number(value, 128) },
            "--seed" => options with { Seed = Number(value, int.MaxValue) },
            "--json" => Json(value),
            _ => throw new FormatException($"unknown option {args[i]}"),
        };
    }
}
catch (FormatException e)
{
    Console.Error.WriteLine($"{e.Message}. Usage: simulate [--agents N] [--clients N] [--units N (each, at most 128)] [--seed N] [--json FILE]");
    return 2;
}

(string Name, SimulationOptions Options)[] cases =
[
    ("everybody is asked", options with { AsksEverybody = true }),
    ("homes are asked", options),
    ("heavy units on slow slots too", options with { KeepsHeavyFromSlow = false }),
    ("unknown durations", options with { KnowsTimes = false }),
    ("5 % of datagrams lost", options with { Loss = 0.05 }),
    ("20 % of datagrams lost", options with { Loss = 0.2 }),
    ("one liar", options with { Liars = 1 }),
    ("one in twenty dies", options with { Dying = options.Agents / 20 }),
    ("20 % lost, a liar, one in twenty dies", options with { Loss = 0.2, Liars = 1, Dying = options.Agents / 20 }),
];
Console.WriteLine(FormattableString.Invariant($"{options.Agents} agents of one slot, {options.Clients} clients with {options.Units} units each at one moment (lognormal, mean 1 s, at most 10; {options.Shared:0%} wanted by others too), seed {options.Seed}"));
Console.WriteLine($"{"",-38}{"seconds",9}{"bound",8}{"times",7}{"dgrams/s",10}{"bytes/s",9}{"compiles",10}{"copies",8}{"most",6}{"races",7}{"losses",8}");
List<object> results = [];
foreach ((string name, SimulationOptions one) in cases)
{
    SimulationResult result = SimulatedNetwork.Run(one);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{name,-38}{result.Seconds,9:0.00}{result.Bound,8:0.00}{result.TimesTheBound,7:0.00}{result.DatagramsPerAgent,10:0.0}{result.BytesPerAgent,9:0}{result.Compiles,10:0.000}{result.Copies,8:0.000}{result.MostCopies,6}{result.Races,7}{result.Losses,8}"));
    results.Add(new { Name = name, Result = result });
}

if (json is not null)
{
    File.WriteAllText(json, JsonSerializer.Serialize(results));
}

return 0;

static int Number(string text, int most) =>
    int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 && number <= most ? number : throw new FormatException($"{text} is no number from 1 to {most}");

SimulationOptions Json(string path)
{
    json = Path.GetFullPath(path);
    return options;
}
