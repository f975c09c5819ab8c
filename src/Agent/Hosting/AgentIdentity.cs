using System.Globalization;
using DistBuild.Core.Hashing;

namespace DistBuild.Agent.Hosting;

/// <summary>
/// What an agent is called on the network. It stays the same when the agent restarts, so that the keys it is home to stay with the store that has them;
/// two agents of one machine differ by store or port.
/// </summary>
internal static class AgentIdentity
{
    private const string FileName = "machine-id";
    private const int GuidSize = 16;

    /// <param name="work">The work folder, where the machine's part of the name is kept.</param>
    /// <param name="port">0, a port that is free by chance, names an agent that nobody asks for again.</param>
    public static Guid For(string work, string store, int port)
    {
        if (port == 0)
        {
            return Guid.NewGuid();
        }

        using KeyBuilder key = new("agent/1");
        key.Add("machine", Machine(Path.Combine(work, FileName)));
        key.Add("store", Path.GetFullPath(store)).Add("port", port.ToString(CultureInfo.InvariantCulture));
        return new Guid(key.Build().ToArray().AsSpan(0, GuidSize));
    }

    private static string Machine(string path)
    {
        string fresh = Guid.NewGuid().ToString();
        try
        {
            if (File.Exists(path) && Guid.TryParse(File.ReadAllText(path).Trim(), out Guid known))
            {
                return known.ToString();
            }

            File.WriteAllText(path, fresh + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the name is good until the agent stops.
        }

        return fresh;
    }
}
