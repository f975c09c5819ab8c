using DistBuild.Core.Units.Records;

namespace DistBuild.Tasks.Compiling;

/// <summary>What the records say of a project, and the files they name as they are now: it is read while the project's items are.</summary>
/// <param name="Looks">For a single batch: it writes files itself.</param>
internal sealed record EarlierBuilds(BuildRecords Records, FileStamps Looks)
{
    /// <param name="store">The store's folder; null where there is none.</param>
    public static Task<EarlierBuilds> ReadAsync(string path, string? store) => System.Threading.Tasks.Task.Run(() =>
    {
        BuildRecords records = store is null ? BuildRecords.Load(path) : BuildRecords.Load(path, store);
        FileStamps looks = new();
        records.LookAt(looks);
        return new EarlierBuilds(records, looks);
    });
}
