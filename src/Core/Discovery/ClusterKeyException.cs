namespace DistBuild.Core.Discovery;

/// <summary>A cluster key file that is missing, unreadable or not a key; the message says which and what to do.</summary>
public sealed class ClusterKeyException : Exception
{
    private ClusterKeyException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    public static ClusterKeyException Missing(string path) =>
        new($"The cluster key file '{path}' does not exist. "
            + $"Copy it from another machine of the cluster, or make the first one with: distbuild cluster new-key '{path}'");

    public static ClusterKeyException Unreadable(string path, Exception inner) =>
        new($"The cluster key file '{path}' cannot be read: {inner.Message} Give this account the right to read it.", inner);

    public static ClusterKeyException NotAKey(string path) =>
        new($"'{path}' is not a cluster key file: it must have exactly one line of 64 hexadecimal digits besides comments (#). "
            + "Make one with: distbuild cluster new-key FILE");

    public static ClusterKeyException OnlyReads() =>
        new("The cluster key file is that of a read-only client. Name the cluster's own key file, from which the read-only one was made.");

    public static ClusterKeyException Exists(string path) =>
        new($"'{path}' exists already and was not overwritten: "
            + "a cluster whose key is lost must be given a new one everywhere. Name another file, or remove this one.");

    public static ClusterKeyException Unwritable(string path, Exception inner) =>
        new($"The cluster key file '{path}' cannot be written: {inner.Message}", inner);
}
