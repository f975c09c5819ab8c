namespace DistBuild.EndToEnd.Tests.Harness;

/// <summary>A program whose units keep a compiler busy for about a second each, so that something can happen in the middle of its build.</summary>
internal static class SlowProgram
{
    public const int Units = 6;

    public const string Project = "slow.vcxproj";

    /// <summary>A developer who has the program and has run <c>distbuild init</c>.</summary>
    public static async Task<Developer> CheckOutAsync()
    {
        Developer developer = new();
        for (int i = 1; i < Units; i++)
        {
            // The compiler runs the loop; nothing of it is left in the object.
            developer.Write($"slow{i}.cpp", $$"""
                constexpr unsigned turn()
                {
                    unsigned x = {{i}};
                    for (int i = 0; i < 600000; ++i) { x = x * 1664525u + 1013904223u; }
                    return x;
                }
                constexpr unsigned turned = turn();
                unsigned slow{{i}}() { return turned; }

                """);
        }

        developer.Write("main.cpp", """
            #include <cstdio>
            unsigned slow1();
            unsigned slow5();
            int main() { std::printf("%u\n", slow1() ^ slow5()); }

            """);
        new VcxProject([.. Enumerable.Range(1, Units - 1).Select(i => $"slow{i}.cpp"), "main.cpp"])
        {
            Compile = [("AdditionalOptions", "-fconstexpr-loop-limit=100000000 -fconstexpr-ops-limit=1000000000 %(AdditionalOptions)"), ("LanguageStandard", "stdcpp17")],
        }.WriteTo(developer, Project);
        await developer.InitializeAsync();
        return developer;
    }

    /// <summary>Fails unless the built program is right.</summary>
    public static async Task MustRunAsync(Developer developer) =>
        Assert.AreEqual($"{Turn(1) ^ Turn(5)}\n", (await developer.RunAsync(developer.PathOf("bin/Release/slow"))).MustSucceed().Printed);

    private static uint Turn(uint x)
    {
        for (int i = 0; i < 600_000; i++)
        {
            x = unchecked((x * 1664525u) + 1013904223u);
        }

        return x;
    }
}
