using System.Globalization;

namespace DistBuild.Soak;

/// <summary>What the command line asks for.</summary>
/// <param name="Units">Objects wanted by all clients together.</param>
/// <param name="Seed">Decides which faults happen and which units there are; when they happen, the machine decides too.</param>
internal sealed record SoakOptions(int Units, int Seed)
{
    public const int Clients = 8, Agents = 4, SlotsOfAgent = 2;

    /// <exception cref="FormatException">The command line is not understood; the message says how.</exception>
    public static SoakOptions Parse(string[] arguments)
    {
        SoakOptions options = new(20_000, Random.Shared.Next(1, int.MaxValue));
        for (int i = 0; i < arguments.Length; i += 2)
        {
            int value = i + 1 < arguments.Length && int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
                ? number : throw new FormatException($"{arguments[i]} needs a number");
            options = arguments[i] switch
            {
                "--units" => options with { Units = value },
                "--seed" => options with { Seed = value },
                string other => throw new FormatException($"unknown option {other}"),
            };
        }

        return options;
    }
}
