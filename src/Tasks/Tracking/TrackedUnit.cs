namespace DistBuild.Tasks.Tracking;

/// <summary>What the tracking logs say about a unit; all paths are full.</summary>
/// <param name="Command">Its options as one line, without the source.</param>
/// <param name="Reads">Files it read besides the source. Null when nobody knows: then nothing is said about it, and whoever reads the logs takes it for out of date.</param>
/// <param name="Writes">Its object, and what was written beside it.</param>
internal sealed record TrackedUnit(string Source, string Object, string Command, IReadOnlyList<string>? Reads, IReadOnlyList<string> Writes);
