using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DistBuild.Core.Store;

namespace DistBuild.Core.Client;

/// <summary>
/// Reads <see cref="BuildOptions"/> from MSBuild properties or environment variables of the same names. A value that cannot be used is reported and its default
/// is taken, so that the caller decides whether a build stops for it.
/// </summary>
public static class BuildOptionsReader
{
    /// <param name="lookup">
    /// The value of a name such as <c>DistBuildStore</c>, null or white space when it is not set; of environment variables too, which say where the default
    /// store is.
    /// </param>
    /// <param name="folder">Full path where relative paths start: the project's folder, or the tool's working folder.</param>
    /// <param name="errors">One sentence per bad value, which names the property, the value and what is allowed.</param>
    public static BuildOptions Read(Func<string, string?> lookup, string folder, out IReadOnlyList<string> errors)
    {
        Values values = new(lookup, folder);
        int port = values.Number("DistBuildPort", 1, 65535, "a port from 1 to 65535") ?? BuildOptions.DefaultPort;
        BuildOptions defaults = new() { Store = values.FullPath("DistBuildStore") ?? DefaultStore(lookup) };
        BuildOptions options = defaults with
        {
            StoreSize = values.Size("DistBuildStoreSize") ?? defaults.StoreSize,
            Agents = values.Addresses("DistBuildAgents", port),
            Broadcast = values.Discovery("DistBuildDiscovery") ?? defaults.Broadcast,
            Port = port,
            ClusterKeyFile = values.FullPath("DistBuildClusterKeyFile"),
            LocalSlots = values.Number("DistBuildLocalSlots", 0, MaximumSlots, $"a number from 0 to {MaximumSlots}"),
            Verify = values.Number("DistBuildVerify", 0, 100, "a percentage from 0 to 100") ?? defaults.Verify,
            Report = values.FullPath("DistBuildReport"),
            CompileCommands = values.FullPath("DistBuildCompileCommands"),
        };
        errors = values.Errors;
        return options;
    }

    /// <summary>More than any machine has processors, and few enough that a mistyped value is noticed.</summary>
    private const int MaximumSlots = 4096;

    private static string DefaultStore(Func<string, string?> lookup)
    {
        Dictionary<string, string> environment = [];
        foreach (string name in (string[])["HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"])
        {
            if (lookup(name) is { Length: > 0 } value)
            {
                environment[name] = value;
            }
        }

        return StoreLocation.Default(environment);
    }

    private sealed class Values(Func<string, string?> lookup, string folder)
    {
        public List<string> Errors { get; } = [];

        public string? FullPath(string name)
        {
            if (Text(name) is not { } path)
            {
                return null;
            }

            try
            {
                return Path.GetFullPath(Path.Combine(folder, path));
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException or PathTooLongException)
            {
                Refuse(name, path, "a path");
                return null;
            }
        }

        public int? Number(string name, int least, int most, string allowed)
        {
            if (Text(name) is not { } text)
            {
                return null;
            }

            if (TryNumber(text, least, most, out int number))
            {
                return number;
            }

            Refuse(name, text, allowed);
            return null;
        }

        public long? Size(string name)
        {
            if (Text(name) is not { } text)
            {
                return null;
            }

            if (TryParseSize(text, out long bytes))
            {
                return bytes;
            }

            Refuse(name, text, "a size in bytes, or with K, M, G or T behind it, such as 500M or 10G");
            return null;
        }

        public bool? Discovery(string name)
        {
            string? text = Text(name);
            if (text is null || text.Equals("broadcast", StringComparison.OrdinalIgnoreCase))
            {
                return text is null ? null : true;
            }

            if (text.Equals("off", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            Refuse(name, text, "broadcast or off");
            return null;
        }

        public AgentAddress[] Addresses(string name, int defaultPort)
        {
            List<AgentAddress> addresses = [];
            foreach (string part in (Text(name) ?? "").Split([';'], StringSplitOptions.RemoveEmptyEntries))
            {
                string text = part.Trim();
                if (text.Length == 0)
                {
                    continue;
                }

                if (TryParseAddress(text, defaultPort, out AgentAddress? address))
                {
                    addresses.Add(address!);
                    continue;
                }

                Refuse(name, text, "host, host:port or [IPv6 address]:port, with ';' between several");
            }

            return addresses.Count == 0 ? [] : [.. addresses];
        }

        private string? Text(string name) => lookup(name)?.Trim() is { Length: > 0 } text ? text : null;

        private void Refuse(string name, string value, string allowed) => Errors.Add($"{name}: '{value}' cannot be used; give {allowed}.");
    }

    private static bool TryNumber(string text, int least, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most;

    /// <summary>K, M, G and T are powers of 1024; a <c>B</c> or <c>iB</c> behind them changes nothing.</summary>
    private static bool TryParseSize(string text, out long bytes)
    {
        string digits = text.TrimEnd('b', 'B').TrimEnd('i');
        int unit = digits.Length == 0 ? -1 : "KMGT".IndexOf(char.ToUpperInvariant(digits[digits.Length - 1]));
        digits = unit >= 0 ? digits.Substring(0, digits.Length - 1).TrimEnd() : text;
        bytes = 0;
        if (!decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) || number > long.MaxValue)
        {
            return false;
        }

        decimal size = number * (1L << (10 * (unit + 1)));
        if (size < 1 || size > long.MaxValue)
        {
            return false;
        }

        bytes = (long)size;
        return true;
    }

    private static bool TryParseAddress(string text, int defaultPort, out AgentAddress? address)
    {
        address = null;
        string host = text, port = "";
        int bracket = text.IndexOf(']');
        if (text[0] == '[' && bracket > 0)
        {
            host = text.Substring(1, bracket - 1);
            port = text.Substring(bracket + 1);
            if (!IPAddress.TryParse(host, out IPAddress? ip) || ip.AddressFamily != AddressFamily.InterNetworkV6 || (port.Length > 0 && port[0] != ':'))
            {
                return false;
            }
        }
        else
        {
            int colon = text.IndexOf(':');
            if (colon >= 0)
            {
                host = text.Substring(0, colon);
                port = text.Substring(colon);
            }

            if (Uri.CheckHostName(host) is not (UriHostNameType.Dns or UriHostNameType.IPv4))
            {
                return false;
            }
        }

        int number = defaultPort;
        if (port.Length > 0 && !TryNumber(port.Substring(1), 1, 65535, out number))
        {
            return false;
        }

        address = new AgentAddress(host, number);
        return true;
    }
}
