namespace DistBuild.Tasks.Building;

/// <summary>Paths between folders, which .NET Framework's Path class cannot compute.</summary>
internal static class RelativePath
{
    /// <summary>The way from one folder to another, with forward slashes; <c>.</c> when they are one.</summary>
    /// <param name="from">Full, without a trailing separator.</param>
    /// <param name="to">Full, without a trailing separator.</param>
    public static string Of(string from, string to)
    {
        string[] start = from.Split('/', '\\'), end = to.Split('/', '\\');
        int shared = 0;
        while (shared < start.Length && shared < end.Length && start[shared] == end[shared])
        {
            shared++;
        }

        string[] parts = [.. Enumerable.Repeat("..", start.Length - shared), .. end.Skip(shared)];
        return parts.Length == 0 ? "." : string.Join("/", parts);
    }
}
