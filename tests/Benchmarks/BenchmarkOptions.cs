using System.Globalization;
using DistBuild.Benchmarks.Corpora;

namespace DistBuild.Benchmarks;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchmarkOptions
{
    /// <summary>Names of scenarios; none means all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    public int Rounds { get; init; } = 7;

    /// <summary>Of the generated corpus, where a scenario has no sizes of its own.</summary>
    public int Units { get; init; } = 300;

    /// <summary><c>generated</c>, <c>re2</c>, or both.</summary>
    public string Corpus { get; init; } = "both";

    public bool WithSccache { get; init; } = true;

    /// <summary>Where the numbers go, or null.</summary>
    public string? Json { get; init; }

    /// <exception cref="FormatException">The command line is not understood; the message says how.</exception>
    public static BenchmarkOptions Parse(string[] arguments)
    {
        BenchmarkOptions options = new();
        for (int i = 0; i < arguments.Length; i++)
        {
            options = arguments[i] switch
            {
                "--rounds" => options with { Rounds = Number(Value(arguments, ref i), 100) },
                "--units" => options with { Units = Number(Value(arguments, ref i), 10_000) },
                "--json" => options with { Json = Path.GetFullPath(Value(arguments, ref i)) },
                "--corpus" => options with { Corpus = Value(arguments, ref i) },
                "--no-sccache" => options with { WithSccache = false },
                ['-', ..] => throw new FormatException($"unknown option {arguments[i]}"),
                string name => options with { Names = [.. options.Names, name] },
            };
        }

        return options.Corpus is "generated" or "re2" or "both" ? options : throw new FormatException($"--corpus is generated, re2 or both, not {options.Corpus}");
    }

    public async Task<IReadOnlyList<Corpus>> CorporaAsync() =>
    [
        .. Corpus is "re2" ? [] : new[] { GeneratedCorpus.Of(Units, standardLibrary: true) },
        .. Corpus is "generated" ? [] : new[] { await NpmCorpus.FetchAsync() },
    ];

    private static string Value(string[] arguments, ref int i) => ++i < arguments.Length ? arguments[i] : throw new FormatException($"{arguments[i - 1]} needs a value");

    private static int Number(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 && number <= most ? number : throw new FormatException($"{text} is no number from 1 to {most}");
}
