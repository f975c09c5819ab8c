using System.Net;
using System.Text.Json;

namespace DistBuild.Agent.Hosting;

/// <summary>Tells scripts and tests that an agent serves, and where: a JSON object, there whole or not at all, gone when the agent has stopped.</summary>
internal sealed class ReadyFile : IDisposable
{
    private readonly string _path;

    private ReadyFile(string path) => _path = path;

    public static ReadyFile Write(string path, IPEndPoint endpoint, Guid agentId)
    {
        string temporary = $"{path}.{Guid.NewGuid():n}.tmp";
        string content = JsonSerializer.Serialize(new { pid = Environment.ProcessId, endpoint = endpoint.ToString(), agentId });
        File.WriteAllText(temporary, content + "\n");
        File.Move(temporary, path, overwrite: true);
        return new ReadyFile(path);
    }

    public void Dispose()
    {
        try
        {
            File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its process id tells that the agent is gone.
        }
    }
}
