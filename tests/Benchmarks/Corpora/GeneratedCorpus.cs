using System.Globalization;
using System.Text;

namespace DistBuild.Benchmarks.Corpora;

/// <summary>C++ units that share 30 headers; the same bytes every time.</summary>
internal static class GeneratedCorpus
{
    private const int Headers = 30, IncludedPerUnit = 6;

    private static readonly string[] StandardHeaders = ["string", "utility", "vector"];

    /// <param name="standardLibrary">Whether units use it, as real ones do: then each reads about a hundred files; else it compiles in milliseconds.</param>
    public static Corpus Of(int units, bool standardLibrary) => new(
        $"generated{units}{(standardLibrary ? "" : "-light")}",
        [.. Enumerable.Range(0, units).Select(UnitName)],
        ["include"],
        "MaxSpeed",
        folder => Write(folder, units, standardLibrary));

    private static string UnitName(int unit) => string.Create(CultureInfo.InvariantCulture, $"units/part{unit / 50:00}/unit{unit:0000}.cpp");

    private static void Write(string folder, int units, bool standardLibrary)
    {
        for (int header = 0; header < Headers; header++)
        {
            Write(Path.Combine(folder, "include", "shared", $"part{header}.h"), Header(header, standardLibrary));
        }

        for (int unit = 0; unit < units; unit++)
        {
            Write(Path.Combine(folder, UnitName(unit)), Unit(unit, standardLibrary));
        }
    }

    private static void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private static string Header(int header, bool standardLibrary)
    {
        StringBuilder text = new("#pragma once\n");
        // A chain of halves: a unit that includes a few reads most of them.
        text.Append(header == 0 ? "" : $"#include \"shared/part{header / 2}.h\"\n");
        text.Append(standardLibrary ? $"#include <{StandardHeaders[header % StandardHeaders.Length]}>\n" : "");
        text.Append(CultureInfo.InvariantCulture, $$"""

            namespace shared
            {
            /// Part {{header}} of what all units share.
            template <typename T>
            struct Box{{header}}
            {
                T value;
                T turned(T by) const { return value * {{header + 3}} + by; }
            };

            inline unsigned mix{{header}}(unsigned x)
            {
                for (int i = 0; i < {{header + 2}}; ++i) { x = x * 1664525u + {{(header * 7919) + 1013904223}}u; }
                return x;
            }
            }

            """);
        return text.ToString();
    }

    private static string Unit(int unit, bool standardLibrary)
    {
        StringBuilder text = new();
        int[] headers = [.. Enumerable.Range(0, IncludedPerUnit).Select(i => ((unit * 7) + (i * 11)) % Headers)];
        foreach (int header in headers)
        {
            text.Append(CultureInfo.InvariantCulture, $"#include \"shared/part{header}.h\"\n");
        }

        foreach (string header in standardLibrary ? StandardHeaders : [])
        {
            text.Append(CultureInfo.InvariantCulture, $"#include <{header}>\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\nnamespace unit{unit}\n{{\n");
        foreach (int header in headers.Distinct())
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                unsigned step{{header}}(unsigned x)
                {
                    shared::Box{{header}}<unsigned> box{x};
                    return box.turned(shared::mix{{header}}({{unit}}u + x));
                }

                """);
        }

        text.Append(standardLibrary ? Body(unit) : "").Append("}\n");
        return text.ToString();
    }

    private static string Body(int unit) => string.Create(CultureInfo.InvariantCulture, $$"""
        struct Entry
        {
            std::string name;
            std::vector<unsigned> values;
        };

        std::vector<Entry> build(unsigned count)
        {
            std::vector<Entry> entries;
            for (unsigned i = 0; i < count; ++i)
            {
                Entry entry;
                entry.name = "entry" + std::to_string(i + {{unit}}u);
                for (unsigned j = 0; j < i; ++j) { entry.values.push_back(j * {{unit}}u); }
                entries.push_back(std::move(entry));
            }
            return entries;
        }

        """);
}
