using System.Security.Cryptography;
using System.Text;
using DistBuild.Core.Wire.Messages;

namespace DistBuild.Core.Discovery;

/// <summary>
/// The secret that the agents and clients of one cluster share: a file with 64 hexadecimal digits (32 bytes) on one line; empty lines and lines that
/// start with # are skipped. A file of the read-only key, by which agents give and take nothing in return, has <c>read-only</c> before the digits.
/// </summary>
/// <remarks><code>
/// read-only key = HMAC-SHA256(cluster key, "distbuild/1 read-only")
/// </code></remarks>
public sealed class ClusterKey
{
    private const int Size = 32;
    private const int LargestFile = 64 * 1024;

    private const string ReadOnlyWord = "read-only ";

    private readonly byte[] _datagramKey, _connectionKey;
    private readonly byte[]? _readOnly;

    /// <param name="secret">32 bytes.</param>
    public ClusterKey(ReadOnlySpan<byte> secret)
        : this(secret, ClientRole.Full)
    {
    }

    private ClusterKey(ReadOnlySpan<byte> secret, ClientRole role)
    {
        if (secret.Length != Size)
        {
            throw new ArgumentException($"A cluster key has {Size} bytes, not {secret.Length}.", nameof(secret));
        }

        // One key per use: what authenticates a datagram can never pass for the proof of a connection.
        byte[] bytes = secret.ToArray();
        _datagramKey = Derive(bytes, "distbuild/1 datagram");
        _connectionKey = Derive(bytes, "distbuild/1 connection");
        Role = role;
        _readOnly = role == ClientRole.Full ? Derive(bytes, "distbuild/1 read-only") : null;
        ReadOnly = _readOnly is null ? null : new ClusterKey(_readOnly, ClientRole.ReadOnly);
    }

    /// <summary>What agents let a client with this key do.</summary>
    public ClientRole Role { get; }

    /// <summary>The key of those who may only fetch; null when this is it.</summary>
    public ClusterKey? ReadOnly { get; }

    /// <summary>What a MAC is for.</summary>
    public enum Purpose
    {
        Datagram,
        Connection,
    }

    /// <summary>What is doubtful about the key file (others may read it), with what to do about it, or null.</summary>
    public string? Warning { get; private init; }

    /// <exception cref="ClusterKeyException">Missing, unreadable or not a key.</exception>
    public static ClusterKey Load(string path)
    {
        string text;
        try
        {
            using FileStream file = File.OpenRead(path);
            text = file.Length <= LargestFile ? new StreamReader(file, Encoding.UTF8).ReadToEnd() : throw ClusterKeyException.NotAKey(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ClusterKeyException.Missing(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw ClusterKeyException.Unreadable(path, e);
        }

        string[] lines = [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
        bool isReadOnly = lines.Length == 1 && lines[0].StartsWith(ReadOnlyWord, StringComparison.Ordinal);
        return lines.Length == 1 && Hashing.Digest.TryParse(isReadOnly ? lines[0].Substring(ReadOnlyWord.Length) : lines[0], out Hashing.Digest secret)
            ? new ClusterKey(secret.ToArray(), isReadOnly ? ClientRole.ReadOnly : ClientRole.Full) { Warning = WarningFor(path) }
            : throw ClusterKeyException.NotAKey(path);
    }

    /// <summary>Writes a new random key to a new file that only its owner may read.</summary>
    /// <exception cref="ClusterKeyException">The file exists already, or cannot be written.</exception>
    public static void Generate(string path)
    {
        byte[] secret = new byte[Size];
        using (RandomNumberGenerator random = RandomNumberGenerator.Create())
        {
            random.GetBytes(secret);
        }

        Write(path, "# DistBuild cluster key: give it to every agent and client of the cluster, and to nobody else.\n" + new Hashing.Digest(secret) + "\n");
    }

    /// <summary>Writes the read-only key of this cluster to a new file that only its owner may read.</summary>
    /// <exception cref="ClusterKeyException">This is a read-only key itself, the file exists already, or it cannot be written.</exception>
    public void WriteReadOnly(string path)
    {
        Hashing.Digest secret = new(_readOnly ?? throw ClusterKeyException.OnlyReads());
        Write(path, "# DistBuild read-only key: for clients that take objects from the cluster and give it none.\n" + ReadOnlyWord + secret + "\n");
    }

    private static void Write(string path, string content)
    {
        byte[] text = Encoding.ASCII.GetBytes(content);
        try
        {
            using FileStream file = CreateForOwner(path);
            file.Write(text, 0, text.Length);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw ClusterKeyException.Exists(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw ClusterKeyException.Unwritable(path, e);
        }
    }

    /// <summary>HMAC-SHA256 (RFC 2104), 32 bytes.</summary>
    public byte[] Authenticate(Purpose purpose, byte[] input) => Mac(purpose == Purpose.Datagram ? _datagramKey : _connectionKey, input);

    private static byte[] Derive(byte[] secret, string label) => Mac(secret, Encoding.ASCII.GetBytes(label));

    private static byte[] Mac(byte[] key, byte[] input)
    {
        using HMACSHA256 mac = new(key);
        return mac.ComputeHash(input);
    }

#if NETSTANDARD2_0
    // .NET Framework runs on Windows, where a new file has the access rights of its folder.
    private static FileStream CreateForOwner(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);

    private static string? WarningFor(string path) => null;
#else
    private static FileStream CreateForOwner(string path)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private static string? WarningFor(string path)
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0
            ? $"The cluster key file '{path}' can be read or changed by other users of this machine, who can then act as agents. Run: chmod 600 '{path}'"
            : null;
    }
#endif
}
