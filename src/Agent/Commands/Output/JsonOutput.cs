using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DistBuild.Agent.Commands.Output;

/// <summary>What scripts read: camelCase names, enumerations by name, absent values as null.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Lines = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions Indented = new(Lines) { WriteIndented = true };

    public static void Write<T>(TextWriter output, T value, bool oneLine = false) =>
        output.WriteLine(JsonSerializer.Serialize(value, oneLine ? Lines : Indented));
}
