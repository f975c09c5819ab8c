namespace DistBuild.Core.Compilers;

/// <summary>What a compiler says of itself, and the files that compile.</summary>
/// <param name="Contents">The files whose contents are the identity, each under a name that says its part in it and not its place on the disk.</param>
/// <param name="Watched">Folders and files in which a change can make other files compile.</param>
internal sealed record ToolchainParts(string Version, string Target, IReadOnlyList<(string Part, string Path)> Contents, IReadOnlyList<string> Watched)
{
    /// <summary>For a compiler that lists the files it reads among its words only: those that stand before a file's name, in hexadecimal digits.</summary>
    public string IncludeNotes { get; init; } = "";
}

/// <summary>A compiler that cannot be identified; the message says why, as a phrase.</summary>
internal sealed class ToolchainUnknownException(string why) : Exception(why);
