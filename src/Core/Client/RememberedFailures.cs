using System.Globalization;
using DistBuild.Core.Compilers;
using DistBuild.Core.Placement;
using DistBuild.Core.Units.Explanations;

namespace DistBuild.Core.Client;

/// <summary>
/// Which agents failed, in this build and in earlier ones of this store: a small file beside the notes. Lost and damaged ones cost a look at an agent that fails again; of two builds that write at
/// once, the later wins. Safe for many threads.
/// </summary>
/// <remarks>A sealed file of lines <c>agent failures until</c>: the agent's id, how often it failed in a row, and a time in seconds since 1970.</remarks>
internal sealed class RememberedFailures
{
    private const string Header = "distbuild failed agents 1";

    private readonly object _gate = new();
    private readonly string _path;
    private readonly BackOff _backOff;

    public RememberedFailures(string store, TimeProvider time)
    {
        _path = Path.Combine(store, NotesFile.Folder, "failed-agents");
        _backOff = new BackOff(time, Read(_path));
    }

    public bool MayUse(Guid agent)
    {
        lock (_gate)
        {
            return _backOff.MayUse(agent);
        }
    }

    /// <summary>Leaves the agent alone from now on; false when it is left alone already.</summary>
    public bool Fail(Guid agent)
    {
        lock (_gate)
        {
            if (!_backOff.MayUse(agent))
            {
                return false;
            }

            _backOff.Fail(agent);
            Save();
            return true;
        }
    }

    /// <inheritdoc cref="BackOff.Disappoint"/>
    public bool Disappoint(Guid agent)
    {
        lock (_gate)
        {
            return _backOff.Disappoint(agent);
        }
    }

    public void Deliver(Guid agent)
    {
        lock (_gate)
        {
            if (_backOff.Deliver(agent))
            {
                Save();
            }
        }
    }

    private void Save() => SealedLines.Save(
        _path, Header, _backOff.Failed.Select(one => FormattableString.Invariant($"{one.Agent:N} {one.Failures} {one.Until.ToUnixTimeSeconds()}")));

    private static IEnumerable<AgentFailures> Read(string path)
    {
        foreach (string line in SealedLines.Load(path, Header) ?? [])
        {
            string[] fields = line.Split(' ');
            if (fields.Length == 3
                && Guid.TryParseExact(fields[0], "N", out Guid agent)
                && int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out int failures)
                && uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out uint until))
            {
                yield return new AgentFailures(agent, failures, DateTimeOffset.FromUnixTimeSeconds(until));
            }
        }
    }
}
