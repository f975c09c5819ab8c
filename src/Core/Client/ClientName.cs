using System.Globalization;
using System.Text;
using DistBuild.Core.Hashing;
using DistBuild.Core.Wire;

namespace DistBuild.Core.Client;

/// <summary>
/// How a client names itself to agents, which let the clients at one address take turns by these names: all build nodes of one developer are one client, and two developers of one machine, who
/// have a store each, are two.
/// </summary>
internal static class ClientName
{
    private const int Digits = 4;

    /// <summary>The machine's name, and four digits that say no more of the store than which one it is.</summary>
    public static string Of(string store)
    {
        string tag = XxHash64.Hash(Encoding.UTF8.GetBytes(Environment.UserName + '\n' + store)).ToString("x16", CultureInfo.InvariantCulture).Substring(0, Digits);
        return Clamp.Utf8(Environment.MachineName, WireLimits.MaxName - Digits - 1) + '-' + tag;
    }
}
