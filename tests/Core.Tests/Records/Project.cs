using System.Text;
using DistBuild.Core.Hashing;
using DistBuild.Core.Tests.Hashing;
using DistBuild.Core.Tests.Store;
using DistBuild.Core.Units.Records;
using DistBuild.Tests.Shared;

namespace DistBuild.Core.Tests.Records;

/// <summary>Sources, headers and objects on disk, and a build that "compiles" by writing the object.</summary>
internal sealed class Project : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string RecordsPath => _folder["obj/distbuild.units"];

    public string this[string name] => _folder[name];

    public static Digest Command(string text) => Digest.Of(Encoding.UTF8.GetBytes(text));

    public BuildRecords Load() => BuildRecords.Load(RecordsPath);

    /// <summary>Writes a file and waits until another write must show.</summary>
    public string Write(string name, string text)
    {
        string path = _folder.Write(name, text);
        File.SetLastWriteTimeUtc(path, Clock.LongAgo);
        Clock.WaitUntilSettled(path);
        return path;
    }

    /// <summary>Writes the unit's object and records it, as a build does.</summary>
    public void Compile(BuildRecords records, string unit, string command, params string[] inputs)
    {
        DateTime started = DateTime.UtcNow;
        FileStamps stamps = new();
        _folder.Write($"obj/{unit}.o", $"object of {unit} by {command}");
        records.Record(_folder[$"obj/{unit}.o"], Command(command), [.. inputs.Select(input => _folder[input])], started, stamps);
    }

    public string? WhyOutOfDate(BuildRecords records, string unit, string command = "cc") =>
        records.WhyOutOfDate(_folder[$"obj/{unit}.o"], Command(command), new FileStamps());

    /// <summary>What a new process that loads the records says of a unit.</summary>
    public string? WhyOutOfDate(string unit, string command = "cc") => WhyOutOfDate(Load(), unit, command);

    public void Dispose() => _folder.Dispose();
}
