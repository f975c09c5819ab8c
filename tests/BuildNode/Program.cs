using System.Collections;
using System.Globalization;
using System.Runtime;
using System.Text.Json;
using DistBuild.BuildNode;
using DistBuild.Core.Client;
using DistBuild.Core.Units;
using DistBuild.Core.Units.Records;

if (args is not [string folder, string start, ..])
{
    Console.Error.WriteLine("Usage: DistBuild.BuildNode FOLDER START-FILE. Compiles every .cpp of the folder with the g++ of the PATH when the start file appears; settings as DistBuild… variables.");
    return 2;
}

Dictionary<string, string> environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(one => (string)one.Key, one => (string)one.Value!);
BuildOptions options = BuildOptionsReader.Read(name => Environment.GetEnvironmentVariable(name), folder, out IReadOnlyList<string> errors);
if (errors.Count > 0)
{
    Console.Error.WriteLine(string.Join(Environment.NewLine, errors));
    return 2;
}

// A build node that is running has compiled before; it has never heard of an agent.
string[] sources = [.. Directory.GetFiles(folder, "*.cpp").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
Directory.CreateDirectory(Path.Combine(folder, "before"));
File.WriteAllText(Path.Combine(folder, "before", "before.cpp"), $"int before_{Environment.ProcessId};\n");
await BuildAsync(options with { Agents = [], Broadcast = false, LocalSlots = 1 }, ["before/before.cpp"], new Finishes());

Console.WriteLine("ready");
while (!File.Exists(start))
{
    await Task.Delay(5);
}

TimeSpan processorBefore = Environment.CpuUsage.TotalTime;
long methodsBefore = JitInfo.GetCompiledMethodCount();
DateTimeOffset started = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(File.ReadAllText(start), CultureInfo.InvariantCulture));
Finishes finishes = new();
IReadOnlyList<UnitResult> results = await BuildAsync(options, sources, finishes);
foreach (UnitResult result in results)
{
    double seconds = (finishes.At(result) - started).TotalSeconds;
    Console.WriteLine(JsonSerializer.Serialize(new { result.Unit.Source, Outcome = result.Outcome.ToString(), Agent = result.Agent ?? "", Seconds = seconds, Why = result.Reason ?? result.Errors }));
}

// What it cost this process since the start: with a cluster on one machine, processor time is what runs out.
double processor = (Environment.CpuUsage.TotalTime - processorBefore).TotalSeconds;
Console.WriteLine(JsonSerializer.Serialize(new { Processor = processor, Methods = JitInfo.GetCompiledMethodCount() - methodsBefore }));
return results.All(result => result.ExitCode == 0) ? 0 : 1;

async Task<IReadOnlyList<UnitResult>> BuildAsync(BuildOptions build, string[] files, Finishes observer)
{
    TranslationUnit[] units = [.. files.Select(file =>
    {
        string target = Path.ChangeExtension(file, ".o");
        return new TranslationUnit(file, Path.Combine(folder, file), Path.Combine(folder, target), new CompileCommand("g++", ["-O2", "-c", file, "-o", target], folder, environment));
    })];
    await using BuildSession session = new(build, TimeProvider.System);
    return await new UnitCompiler(session, BuildRecords.Load(Path.Combine(folder, "records")), observer, slots: 1).CompileAsync(units, CancellationToken.None);
}
