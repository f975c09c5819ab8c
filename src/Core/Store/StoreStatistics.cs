namespace DistBuild.Core.Store;

/// <summary>What a store holds now. Sizes are bytes.</summary>
public sealed record StoreStatistics(string Folder, long Entries, long Bytes, long Limit);

/// <summary>What a full check of a store found.</summary>
/// <param name="Entries">Whole entries.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="Removed">Damaged entries that were taken out.</param>
public sealed record StoreVerification(long Entries, long Bytes, long Removed);
