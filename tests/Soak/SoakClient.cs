using System.Globalization;
using System.Text.Json;
using DistBuild.Benchmarks.Cluster;
using DistBuild.EndToEnd.Tests.Harness;
using DistBuild.Tests.Shared;

namespace DistBuild.Soak;

/// <summary>One developer's machine that builds batch after batch, is sometimes switched off in the middle of one, and looks at every object it got.</summary>
internal sealed class SoakClient(VirtualNetwork network, int number, string clusterKey, string path, TemporaryFolder folder, SoakOptions options)
{
    /// <summary>So many that what a build node costs to start is little beside them.</summary>
    private const int UnitsOfBatch = 200;

    /// <summary>One batch in so many is interrupted.</summary>
    private const int Interruption = 10;

    /// <summary>For one batch on a busy machine, with all agents failing in turn.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Random _random = new(options.Seed + number);

    public Dictionary<string, int> Outcomes { get; } = [];

    /// <summary>Why units were compiled by the client itself.</summary>
    public Dictionary<string, int> Reasons { get; } = [];

    public List<string> Mistakes { get; } = [];

    /// <summary>Units whose build has ended, so far.</summary>
    public int Built { get; private set; }

    public int Interrupted { get; private set; }

    public async Task BuildAllAsync()
    {
        int mine = (options.Units / SoakOptions.Clients) + (number < options.Units % SoakOptions.Clients ? 1 : 0);
        for (int batch = 0, built = 0; built < mine; batch++)
        {
            int count = Math.Min(UnitsOfBatch, mine - built);
            await BuildAsync(batch, count);
            Built = built += count;
        }
    }

    private async Task BuildAsync(int batch, int count)
    {
        string checkout = folder[$"client{number}-{batch}"];
        Directory.CreateDirectory(checkout);
        (string Name, int Milliseconds)[] units = [.. Enumerable.Range(0, count).Select(i => Unit(batch, i))];
        for (int i = 0; i < count; i++)
        {
            await File.WriteAllTextAsync(Path.Combine(checkout, $"{i}.cpp"), $"int says_{units[i].Name};\n" + StandIn.Source(units[i].Name, TimeSpan.FromMilliseconds(units[i].Milliseconds)));
        }

        if (_random.Next(Interruption) == 0)
        {
            Interrupted++;
            await using RunningProgram cutShort = Start(checkout);
            await Task.WhenAny(cutShort.ExitAsync(Patience), Task.Delay(_random.Next(500, 4000)));
        }

        await using RunningProgram build = Start(checkout);
        ProgramResult result = await build.ExitAsync(Patience);
        foreach (string line in result.Printed.Split('\n').Where(line => line.StartsWith('{')))
        {
            JsonElement unit = JsonDocument.Parse(line).RootElement;
            string outcome = unit.GetProperty("Outcome").GetString()!;
            Outcomes[outcome] = Outcomes.GetValueOrDefault(outcome) + 1;
            if (outcome == "CompiledLocally")
            {
                string reason = unit.GetProperty("Why").GetString()!;
                Reasons[reason] = Reasons.GetValueOrDefault(reason) + 1;
            }
        }

        if (result.ExitCode != 0)
        {
            Mistakes.Add($"client {number}, batch {batch} ended with {result.ExitCode}: {result.Printed}");
        }

        for (int i = 0; i < count; i++)
        {
            Check(Path.Combine(checkout, $"{i}.o"), units[i].Milliseconds.ToString(CultureInfo.InvariantCulture).PadLeft(8) + units[i].Name);
        }

        Directory.Delete(checkout, recursive: true);
    }

    /// <summary>Every other unit is this client's own; the rest is wanted by all of them at about the same time.</summary>
    private (string Name, int Milliseconds) Unit(int batch, int i)
    {
        string name = i % 2 == 0 ? $"batch{batch}_{i}_seed{options.Seed}" : $"client{number}_batch{batch}_{i}_seed{options.Seed}";
        return (name, 5 + (name.Sum(c => c * 7) % 60));
    }

    private void Check(string path, string expected)
    {
        string actual = File.Exists(path) ? File.ReadAllText(path) : "nothing";
        if (actual != expected)
        {
            Mistakes.Add($"{path} is '{actual}' and must be '{expected}'");
        }
    }

    private RunningProgram Start(string checkout)
    {
        string start = checkout + ".go";
        File.WriteAllText(start, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        Dictionary<string, string> environment = Product.CleanEnvironment();
        environment["PATH"] = path;
        environment["DistBuildStore"] = folder[$"client{number}-store"];
        environment["DistBuildClusterKeyFile"] = clusterKey;
        environment["DistBuildLocalSlots"] = "0";
        string program = Path.Combine(Product.Repository, "artifacts", "build-node", "DistBuild.BuildNode");
        return RunningProgram.Start([.. network.On(1), program, checkout, start], checkout, environment);
    }
}
