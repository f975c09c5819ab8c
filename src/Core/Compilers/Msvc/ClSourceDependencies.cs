using System.Text;
using System.Text.Json;

namespace DistBuild.Core.Compilers.Msvc;

/// <summary>The file of <c>/sourceDependencies</c> ("/sourceDependencies (List source-level dependencies)", Microsoft C++ reference), in UTF-8.</summary>
/// { "Version": "1.2", "Data": { "Source": "c:\\p\\a.cpp", "ProvidedModule": "", "PCH": "", "Includes": [ "c:\\p\\a.h" ],
///   "ImportedModules": [ { "Name": "m", "BMI": "c:\\p\\m.ifc" } ], "ImportedHeaderUnits": [] } }
internal static class ClSourceDependencies
{
    private static readonly string[] Modules = ["ImportedModules", "ImportedHeaderUnits"];

    /// <summary>The headers, full paths as the compiler spells them: often in lower case. Null for what is no such file, and for a unit that reads more than headers.</summary>
    public static IReadOnlyList<string>? Read(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF')));
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root
                || !root.TryGetProperty("Data", out JsonElement data) || data.ValueKind != JsonValueKind.Object
                || !data.TryGetProperty("Includes", out JsonElement includes) || includes.ValueKind != JsonValueKind.Array
                || Array.Exists(Modules, name => data.TryGetProperty(name, out JsonElement more) && !IsEmpty(more)))
            {
                return null;
            }

            List<string> files = [];
            foreach (JsonElement include in includes.EnumerateArray())
            {
                if (include.ValueKind != JsonValueKind.String || include.GetString() is not { Length: > 0 } file)
                {
                    return null;
                }

                files.Add(file);
            }

            return files;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsEmpty(JsonElement list) => list.ValueKind == JsonValueKind.Array && list.GetArrayLength() == 0;
}
